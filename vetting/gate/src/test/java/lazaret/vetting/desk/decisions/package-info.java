@NullMarked
package lazaret.vetting.desk.decisions;

import org.jspecify.annotations.NullMarked;
