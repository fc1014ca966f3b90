/// Requests and replies about the policy.
@NullMarked
package lazaret.vetting.deskapi.policy;

import org.jspecify.annotations.NullMarked;
