@NullMarked
package lazaret.vetting.gate.feeds;

import org.jspecify.annotations.NullMarked;
