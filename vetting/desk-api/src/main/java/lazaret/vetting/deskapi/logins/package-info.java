/// Values of the operations on logins of commands.
@NullMarked
package lazaret.vetting.deskapi.logins;

import org.jspecify.annotations.NullMarked;
