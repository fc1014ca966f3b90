/// Tests of the gate and the desk on a store in memory and a scripted upstream in process.
@NullMarked
package lazaret.mirror.gate;

import org.jspecify.annotations.NullMarked;
