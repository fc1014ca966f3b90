@NullMarked
package lazaret.vetting.desk.lockfiles;

import org.jspecify.annotations.NullMarked;
