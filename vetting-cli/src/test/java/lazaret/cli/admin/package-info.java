@NullMarked
package lazaret.cli.admin;

import org.jspecify.annotations.NullMarked;
