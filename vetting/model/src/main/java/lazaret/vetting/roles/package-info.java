/// The roles of people at the desk.
@NullMarked
package lazaret.vetting.roles;

import org.jspecify.annotations.NullMarked;
