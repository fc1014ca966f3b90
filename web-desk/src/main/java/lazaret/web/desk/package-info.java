/// The assembly of the web desk from its pages.
@NullMarked
package lazaret.web.desk;

import org.jspecify.annotations.NullMarked;
