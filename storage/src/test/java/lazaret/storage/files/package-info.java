/// Tests of the operations on files.
@NullMarked
package lazaret.storage.files;

import org.jspecify.annotations.NullMarked;
