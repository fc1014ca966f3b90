/// Untrusted builds in isolation; nothing yet.
@NullMarked
package lazaret.sandbox;

import org.jspecify.annotations.NullMarked;
