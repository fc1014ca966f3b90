/// The settings of a policy, with verdicts that give coded reasons.
@NullMarked
package lazaret.vetting.policy;

import org.jspecify.annotations.NullMarked;
