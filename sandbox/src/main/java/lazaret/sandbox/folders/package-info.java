/// The temporary folders of a process, which are removed regardless of how the process ends.
@NullMarked
package lazaret.sandbox.folders;

import org.jspecify.annotations.NullMarked;
