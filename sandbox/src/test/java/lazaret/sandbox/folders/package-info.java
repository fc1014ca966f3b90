@NullMarked
package lazaret.sandbox.folders;

import org.jspecify.annotations.NullMarked;
