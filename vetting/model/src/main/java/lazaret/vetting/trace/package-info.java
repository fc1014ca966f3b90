/// The port to traces, with the span for which a thread works.
@NullMarked
package lazaret.vetting.trace;

import org.jspecify.annotations.NullMarked;
