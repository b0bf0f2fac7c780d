package dev.milvusbackup;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which package may use which (src/docs/architecture.md).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

	private static final String ROOT = "dev.milvusbackup";

	/** A package to the packages that it may use beside itself and the root package. */
	private static final Map<String, String> ALLOWED = Map.ofEntries(Map.entry("model", ""), Map.entry("storage", ""),
			Map.entry("layout", "model storage"), Map.entry("milvus", "model"),
			Map.entry("manifest", "model storage layout"), Map.entry("verify", "model storage layout manifest ledger"),
			Map.entry("retention", "model manifest ledger"), Map.entry("ledger", "model storage"),
			Map.entry("copy", "model storage ledger"),
			Map.entry("backup", "model storage layout milvus manifest ledger copy"),
			Map.entry("restore", "model storage layout milvus manifest ledger copy config"),
			Map.entry("config", "model storage milvus ledger"),
			Map.entry("launch",
					"model storage layout milvus manifest verify retention ledger copy backup restore config"),
			Map.entry("rest", "model storage manifest retention ledger config launch"),
			Map.entry("cli", "model storage milvus manifest retention ledger config launch rest"));

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource
	void aPackageUsesOnlyThoseBelowIt(String name, String allowed) {
		String[] below = Stream.concat(Stream.of(name), Arrays.stream(allowed.split(" ")))
			.filter((part) -> !part.isEmpty())
			.map(ArchitectureTest::withSubpackages)
			.toArray(String[]::new);
		DescribedPredicate<JavaClass> ours = resideInAnyPackage(ROOT + "..");
		DescribedPredicate<JavaClass> above = resideOutsideOfPackages(below).and(resideOutsideOfPackages(ROOT));
		noClasses().that()
			.resideInAPackage(withSubpackages(name))
			.should()
			.dependOnClassesThat(ours.and(above).as("are not in " + allowed))
			.check(this.classes);
	}

	static Stream<Arguments> aPackageUsesOnlyThoseBelowIt() {
		return ALLOWED.entrySet().stream().map((entry) -> Arguments.arguments(entry.getKey(), entry.getValue()));
	}

	@Test
	void everyPackageHasItsRule() {
		assertThat(this.classes.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> !name.equals(ROOT))
			.map((name) -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
			.distinct()).isSubsetOf(ALLOWED.keySet());
	}

	@ParameterizedTest
	@MethodSource
	void aVendorsLibraryStaysInItsLeaf(String library, String leaves) {
		String[] allowed = Arrays.stream(leaves.split(" "))
			.map(ArchitectureTest::withSubpackages)
			.toArray(String[]::new);
		noClasses().that()
			.resideOutsideOfPackages(allowed)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(Arrays.stream(library.split(" ")).map((name) -> name + "..").toArray(String[]::new))
			.check(this.classes);
	}

	static Stream<Arguments> aVendorsLibraryStaysInItsLeaf() {
		return Stream.of(Arguments.arguments("io.minio", "storage.s3"),
				Arguments.arguments("okhttp3 okio", "storage.s3 milvus"),
				Arguments.arguments("io.milvus io.grpc com.google.protobuf", "milvus"),
				Arguments.arguments("java.sql javax.sql org.springframework.jdbc org.h2 org.postgresql com.zaxxer",
						"ledger launch"),
				Arguments.arguments("org.springframework", "ledger copy verify retention backup restore launch rest"),
				Arguments.arguments("org.springframework.batch", "copy verify retention backup restore launch"),
				Arguments.arguments("org.yaml", "config"),
				Arguments.arguments("picocli me.tongfei ch.qos.logback", "cli"));
	}

	private static String withSubpackages(String name) {
		return ROOT + "." + name + "..";
	}

}
