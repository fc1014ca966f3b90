/// The policy file: read with all its mistakes at once, and the examples that are kept in it.
@NullMarked
package lazaret.vetting.policy.file;

import org.jspecify.annotations.NullMarked;
