/// Advisory feeds of the gate with the re-evaluation that they cause.
@NullMarked
package lazaret.vetting.gate.feeds;

import org.jspecify.annotations.NullMarked;
