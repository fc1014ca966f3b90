/// Tests of the policy file.
@NullMarked
package lazaret.vetting.policy.file;

import org.jspecify.annotations.NullMarked;
