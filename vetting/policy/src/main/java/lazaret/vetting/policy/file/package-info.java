/// The policy file: a reader that reports all mistakes at once, a writer, and the examples in the
/// file.
@NullMarked
package lazaret.vetting.policy.file;

import org.jspecify.annotations.NullMarked;
