/// Which version may be served, and why: rules in order, verdicts with coded reasons.
@NullMarked
package lazaret.vetting.policy;

import org.jspecify.annotations.NullMarked;
