@NullMarked
package lazaret.cli.site;

import org.jspecify.annotations.NullMarked;
