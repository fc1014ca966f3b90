@NullMarked
package lazaret.vetting.desk;

import org.jspecify.annotations.NullMarked;
