/// Files that are complete or absent, with their access rights.
@NullMarked
package lazaret.storage.files;

import org.jspecify.annotations.NullMarked;
