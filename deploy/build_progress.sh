#!/bin/sh
# Runs ninja with these arguments and says how far it is: one line that is written
# over on a terminal, else a line every ten seconds. What a command prints, and
# why one failed, is shown as it is.
#   built 31 of 83, about 95 s left
set -eu
overwrite=no
if [ -t 1 ]; then overwrite=yes; fi
# The exit status of ninja goes around the pipe.
status=$(
  { {
    NINJA_STATUS='@%f %t %e@ ' ninja "$@" 2>&1 && echo 0 >&3 || echo $? >&3
  } | awk -v overwrite=$overwrite '
    /^@[0-9]+ [0-9]+ [0-9.]+@ / {
      split(substr($0, 2), part, /[ @]/)
      done = part[1]; all = part[2]; spent = part[3]
      left = sprintf("built %d of %d, about %d s left", done, all,
                     done > 0 ? spent * (all - done) / done + 0.5 : 0)
      if (overwrite == "yes") {
        printf "\r%-60s", left
        open = 1
        fflush()
      } else if (spent >= next_line || done == all) {
        print left
        fflush()
        next_line = spent + 10
      }
      next
    }
    /^ninja: Entering directory/ { next }
    { if (open) print ""; open = 0; print; fflush() }
    END { if (open) print "" }' >&4; } 3>&1
) 4>&1
exit "$status"
