@NullMarked
package lazaret.cli.review;

import org.jspecify.annotations.NullMarked;
