/// The server program: start, assembly of its parts, files in the data folder.
@NullMarked
package lazaret.mirror;

import org.jspecify.annotations.NullMarked;
