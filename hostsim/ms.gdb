# SPDX-License-Identifier: Apache-2.0
# Services, threads and their stacks of a simulated device, for gdb:
#
#	gdb -x .../ms.gdb out/test/test_NAME
#
# Threads are coroutines of one thread of the PC: `info threads` does not know them.  Addresses are fixed already, signals are for faults
# that the simulation looks at first.
set pagination off
set confirm off
handle SIGSEGV SIGBUS SIGFPE SIGILL nostop noprint pass

define ms-help
  echo ms-services          each service: how it fares, its threads\n
  echo ms-threads           each thread: of which service, what it waits for\n
  echo ms-bt ROW            the stack of the thread in that row of ms-threads\n
end
document ms-help
The commands for services and threads of a simulated device.
end

define ms-thread-row
  set $c = &carriers[$arg0]
  set $t = (typeof(&threads[0]))$c->context
  printf "%3d  thread %d of %s ", $arg0, $t->number, $c->area->instance.facts->name
  if $c == kernel.running
    echo runs
  else
    if $t->state == THREAD_READY
      echo could run
    else
      if $t->state == THREAD_SLEEPS
        echo sleeps
      else
        if $t->state == THREAD_FUTEX
          echo waits for another thread
        else
          if $t->state == THREAD_SIGNAL
            echo waits for a signal
          else
            echo waits for a reply
          end
        end
      end
    end
  end
  echo \n
end

define ms-threads
  set $i = 0
  while $i < sizeof(carriers) / sizeof(carriers[0])
    if carriers[$i].context != 0 && ((typeof(&threads[0]))carriers[$i].context)->state != THREAD_FREE
      ms-thread-row $i
    end
    set $i = $i + 1
  end
end
document ms-threads
The threads of all services: a row for each, and what it waits for.
end

define ms-services
  set $i = 0
  while $i < life_count
    set $life = &lives[$i]
    printf "%-14s ", $life->area->instance.facts->name
    if $life->service == 0
      echo was never started
    else
      printf "started %d times, last status %d", $life->service->run_count, $life->exit_status
      if $life->service->main != 0
        echo , runs
      end
      if $life->faulted
        echo , has failed
      end
    end
    echo \n
    set $i = $i + 1
  end
end
document ms-services
The services of the device, and how they fare.
end

# Where a stack that is not in use was left (switch_to.S), looked at with its registers in place of the present ones.
# A stack that is not in use, with what lies on it (switch_to.S) in place of the present registers.
define ms-look
  set $left = (long *)carriers[$arg0].stack.sp
  set $kept_sp = $sp
  set $kept_pc = $pc
  if $_isvoid($rip)
    set $kept_fp = $x29
    set $x29 = $left[18]
    set $pc = $left[19]
    set $sp = (long)($left + 20)
    backtrace
    set $sp = $kept_sp
    set $x29 = $kept_fp
  else
    set $kept_bp = $rbp
    set $kept_bx = $rbx
    set $rbp = $left[6]
    set $rbx = $left[5]
    set $pc = $left[7]
    set $sp = (long)($left + 8)
    backtrace
    set $sp = $kept_sp
    set $rbp = $kept_bp
    set $rbx = $kept_bx
  end
  set $pc = $kept_pc
end

define ms-bt
  if carriers[$arg0].context == 0
    echo no thread is in this row: ms-threads lists them\n
  else
    ms-thread-row $arg0
    if &carriers[$arg0] == kernel.running
      backtrace
    else
      ms-look $arg0
    end
  end
end
document ms-bt
The stack of a thread, by its row in ms-threads.
end
