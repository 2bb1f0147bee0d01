internal import Glibc

exit(CommandLineProgram.run(CommandLine.arguments))
