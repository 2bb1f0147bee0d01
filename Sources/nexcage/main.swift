internal import Glibc
internal import NexcageCommandLine

exit(CommandLineProgram(others: Manager.self).run(CommandLine.arguments))
