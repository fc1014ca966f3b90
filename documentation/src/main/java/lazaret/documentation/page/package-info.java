/// The addresses of pages of documentation, with what their responses say to browsers.
@NullMarked
package lazaret.documentation.page;

import org.jspecify.annotations.NullMarked;
