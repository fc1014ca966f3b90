/// Tests of the probe.
@NullMarked
package lazaret.mirror.probe;

import org.jspecify.annotations.NullMarked;
