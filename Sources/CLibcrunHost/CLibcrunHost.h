// Nothing to declare: this target exists for the flags of nexcage-libcrun.pc, which scripts/build-libcrun.sh installs.
// libcrun's own headers stay behind CLibcrun, because their structures change from release to release.
#pragma once
