@NullMarked
package lazaret.vetting.policy.rules;

import org.jspecify.annotations.NullMarked;
