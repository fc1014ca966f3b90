/// The policy file: reader, writer, examples, conversion from cargo-deny.
@NullMarked
package lazaret.vetting.policy.file;

import org.jspecify.annotations.NullMarked;
