@NullMarked
package lazaret.cli.run;

import org.jspecify.annotations.NullMarked;
