/// Parts that the whole gate shares: options, counters, caches, the rulebook in force.
@NullMarked
package lazaret.vetting.gate.context;

import org.jspecify.annotations.NullMarked;
