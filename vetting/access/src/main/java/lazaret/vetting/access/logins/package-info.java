/// Logins of commands, which a person confirms in a browser.
@NullMarked
package lazaret.vetting.access.logins;

import org.jspecify.annotations.NullMarked;
