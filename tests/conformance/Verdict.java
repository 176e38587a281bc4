import java.io.*;
import java.util.*;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;

/** Reads "flavour TAB file" lines; prints "PASS|FAIL TAB flavour TAB file TAB rules that failed". */
public class Verdict {
  public static void main(String[] none) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    for (String line; (line = asked.readLine()) != null; ) {
      String[] parts = line.split("\t", 2);
      out.println(verdict(PDFAFlavour.byFlavourId(parts[0]), parts[1], parts[0]));
    }
  }

  static String verdict(PDFAFlavour flavour, String file, String name) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult found = validator.validate(parser);
      if (found.isCompliant()) return "PASS\t" + name + "\t" + file + "\t";
      Map<String, String> rules = new TreeMap<>();
      for (TestAssertion one : found.getTestAssertions())
        if (one.getStatus() == TestAssertion.Status.FAILED)
          rules.putIfAbsent(
              one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber(),
              one.getErrorMessage() + " at " + one.getLocation().getContext());
      return "FAIL\t" + name + "\t" + file + "\t" + rules.toString().replaceAll("\\s+", " ");
    } catch (Exception error) {
      return "FAIL\t" + name + "\t" + file + "\t" + error.toString().replaceAll("\\s+", " ");
    }
  }
}
