/// Values of the operations on the policy.
@NullMarked
package lazaret.vetting.deskapi.policy;

import org.jspecify.annotations.NullMarked;
