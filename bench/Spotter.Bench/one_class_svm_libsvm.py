"""Fits scikit-learn's OneClassSVM (LIBSVM) on standard input's request and reports seconds and decision values; started by OneClassSvmBench."""

import sys
import time

import numpy as np
from sklearn.svm import OneClassSVM

path, count, features = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = np.fromfile(path).reshape(count, features)
print("ready", flush=True)
for line in sys.stdin:
    nu, tolerance = map(float, line.split())
    wall, cpu = time.perf_counter(), time.process_time()
    machine = OneClassSVM(nu=nu, gamma="scale", tol=tolerance, cache_size=200).fit(data)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    decision = machine.decision_function(data[:200])
    print(wall, cpu, *map(repr, map(float, decision)), flush=True)
