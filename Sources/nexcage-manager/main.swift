internal import Glibc
internal import NexcageCommandLine

exit(CommandLineProgram(others: ManagerCommand.self).run(CommandLine.arguments))
