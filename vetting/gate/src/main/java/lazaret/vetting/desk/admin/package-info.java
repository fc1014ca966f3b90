/// Store check, import of another mirror, status.
@NullMarked
package lazaret.vetting.desk.admin;

import org.jspecify.annotations.NullMarked;
