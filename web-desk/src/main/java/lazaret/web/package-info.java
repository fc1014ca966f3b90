/// The pages of the desk in the browser.
@NullMarked
package lazaret.web;

import org.jspecify.annotations.NullMarked;
