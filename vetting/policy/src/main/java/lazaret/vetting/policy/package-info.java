/// The rules that decide which versions may be served, in order, and verdicts with coded reasons.
@NullMarked
package lazaret.vetting.policy;

import org.jspecify.annotations.NullMarked;
