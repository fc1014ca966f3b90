/// Processes that are killed during commits, for the tests of every store on disk.
@NullMarked
package lazaret.storage.crash;

import org.jspecify.annotations.NullMarked;
