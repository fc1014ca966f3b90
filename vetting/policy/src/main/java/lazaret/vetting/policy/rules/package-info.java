/// The rules of evaluation with their input, result, order.
@NullMarked
package lazaret.vetting.policy.rules;

import org.jspecify.annotations.NullMarked;
