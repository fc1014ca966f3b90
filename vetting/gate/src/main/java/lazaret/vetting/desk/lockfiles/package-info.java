/// The check of lockfiles, their closure, their reading list.
@NullMarked
package lazaret.vetting.desk.lockfiles;

import org.jspecify.annotations.NullMarked;
