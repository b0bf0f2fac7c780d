package dev.milvusbackup.ledger;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseErrorsTest {

	@ParameterizedTest
	@CsvSource({ "28P01,user and password", "3D000,create the database", "08006,can be reached",
			"90020,another process", "40P01,try again", "53100,free space", "90030,damaged", "42501,right to create",
			"53300,max_connections" })
	void hintSaysWhatToDoNext(String state, String hint) {
		SQLException cause = new SQLException("no", state);
		LedgerException error = DatabaseErrors.unableTo("open it", new IllegalStateException("wrapped", cause));
		assertThat(error).hasMessage("unable to open it: no");
		assertThat(error.hint()).contains(hint);
	}

	@Test
	void statementIsNotPartOfTheMessage() {
		SQLException cause = new SQLException("Broken; SQL statement:\nINSERT INTO x VALUES ('secret')", "HY000");
		assertThat(DatabaseErrors.unableTo("write", cause)).hasMessage("unable to write: Broken");
		assertThat(DatabaseErrors.unableTo("write", cause).hint()).isNull();
	}

}
