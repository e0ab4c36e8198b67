"""Findings for a folder of pictures. Arguments: the folder, and one for the findings."""

import sys

from pyspark.sql import SparkSession

FINDING = """
    sha256 STRING, label STRING, probability DOUBLE, probabilities MAP<STRING, DOUBLE>,
    conformalSet ARRAY<STRING>, abstained BOOLEAN, unlikeTraining BOOLEAN,
    model STRING, version STRING, digest STRING, error STRING
"""

spark = SparkSession.builder.getOrCreate()
spark.udf.registerJavaFunction("find", "dev.medzoo.batch.score.Find", FINDING)
spark.read.format("binaryFile").load(sys.argv[1]).createOrReplaceTempView("pictures")
spark.sql(
    "SELECT path, found.* FROM (SELECT path, find(content, 'pretrained-skin') AS found FROM pictures)"
).write.json(sys.argv[2])
