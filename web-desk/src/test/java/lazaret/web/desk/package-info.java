@NullMarked
package lazaret.web.desk;

import org.jspecify.annotations.NullMarked;
