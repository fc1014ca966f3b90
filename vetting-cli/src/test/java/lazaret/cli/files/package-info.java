@NullMarked
package lazaret.cli.files;

import org.jspecify.annotations.NullMarked;
