/// Folders of one process, gone with it however it ends.
@NullMarked
package lazaret.sandbox.folders;

import org.jspecify.annotations.NullMarked;
