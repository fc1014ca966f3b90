/// The sanitizer of sandbox output, which is untrusted.
@NullMarked
package lazaret.sandbox.output;

import org.jspecify.annotations.NullMarked;
