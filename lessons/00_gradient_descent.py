# ---
# tutorch:
#   title:
#     en: Gradient descent and linear regression
#     ko: 경사하강법과 다중 선형 회귀
#   summary:
#     en: Roll down the cost by its slope, first with tensors, then with nn.Module.
#     ko: 기울기를 따라 cost를 내려갑니다. 텐서로 먼저, 그다음 nn.Module로 구현합니다.
#   minutes: 20
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## A model that predicts
#
# Three quiz scores go in, a final score comes out. Each quiz
# has a **weight** in $W$, and the **bias** $b$ shifts the sum:
#
# $$\hat{y} = XW + b$$
#
# One row of $X$ is one student. `matmul` multiplies the rows by
# the weights, so two students take one line of code.
#
# These weights are a guess. The rest of this lesson finds
# better ones.

# %% [markdown] lang="ko"
# ## 예측하는 모델
#
# 퀴즈 점수 세 개로 최종 점수를 예측해 봅시다. 퀴즈마다
# **가중치** $W$를 곱해서 더하고 **편향** $b$를 더합니다.
#
# $$\hat{y} = XW + b$$
#
# $X$의 한 행이 학생 한 명입니다. `matmul`이 모든 행에 가중치를
# 한꺼번에 곱하므로, 학생이 두 명이어도 코드는 한 줄입니다.
#
# 지금의 가중치는 어림짐작입니다. 더 좋은 값을 찾는 것이
# 이번 레슨의 목표입니다.

# %% The model show="X W b prediction"
import torch

X = torch.tensor([[73, 80, 75], [93, 88, 93]], dtype=torch.float32)
W = torch.tensor([[1.0], [0.5], [0.5]])
b = torch.tensor([2.0])

prediction = X.matmul(W) + b
prediction

# %% [markdown] lang="en"
# ## The cost is a bowl
#
# How wrong is a weight? Its squared errors, averaged, are its **cost**:
#
# $$MSE = \frac{1}{n} \sum (y - \hat{y})^2$$
#
# To see its shape we keep one weight, $\hat{y} = wx$, and try 81
# values of $w$. A square opens upwards, so the cost is a bowl:
# one lowest point, and no other dip to get stuck in. With more
# weights the bowl may be long and narrow; we come to that.
#
# Here the targets are $y = 2x$. At which $w$ is the bottom?
#
# - [ ] At $w = 0$
#   There the model predicts 0 for everyone, and misses them all.
# - [x] At $w = 2$
#   Every prediction is right there, so every error is zero.
# - [ ] At $w = 6$
#   That predicts three times too much: high up on the right wall.

# %% [markdown] lang="ko"
# ## cost는 그릇 모양입니다
#
# 가중치가 얼마나 틀렸는지 어떻게 잴까요? 오차를 제곱해서
# 평균을 냅니다. 이 값을 **cost**라고 합니다.
#
# $$MSE = \frac{1}{n} \sum (y - \hat{y})^2$$
#
# 모양을 보려고 가중치가 하나뿐인 $\hat{y} = wx$에서 $w$를 81번
# 바꿔 봅니다. 이차함수라서 cost는 그릇처럼 생겼습니다. 가장
# 낮은 점은 하나뿐이고, 중간에 갇힐 웅덩이도 없습니다. 가중치가
# 늘면 그릇이 길고 좁아질 수도 있는데, 뒤에서 살펴봅니다.
#
# 여기서 정답은 $y = 2x$입니다. 바닥의 $w$는 얼마일까요?
#
# - [ ] $w = 0$
#   모든 예측이 0이 되어 전부 빗나갑니다.
# - [x] $w = 2$
#   예측이 모두 맞으므로 오차가 모두 0입니다.
# - [ ] $w = 6$
#   세 배나 크게 예측합니다. 오른쪽 벽의 높은 곳입니다.

# %% The cost of each weight watch="cost" show="w cost"
x = torch.tensor([1.0, 2.0, 3.0])
y = torch.tensor([2.0, 4.0, 6.0])

weights, costs = [], []
for w in torch.linspace(-2, 6, 81):
    cost = torch.mean((y - w * x) ** 2)
    weights.append(w.item())
    costs.append(cost.item())

lowest = min(costs)
print(f"lowest cost {lowest:.4f} at w = {weights[costs.index(lowest)]:.1f}")

# %% The bowl view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.plot(weights, costs, color="cyan")
plt.xlim(-2, 6)
plt.ylim(0, 80)
plt.yticks([0, 20, 40, 60, 80])
plt.xlabel("w")
plt.title("cost of w")
plt.show()

# %% [markdown] lang="en"
# ## The slope shows the way down
#
# Put a ball on the wall of the bowl. The **slope** says which
# way is down and how steep it is; the **learning rate**
# $\gamma$ says how far to go:
#
# $$w_{n+1} = w_n - \gamma \nabla J(w_n)$$
#
# $J$ is the cost, and $\nabla J$ its slope in each weight, the
# **gradient**. Near the bottom it fades, and so do the steps.
#
# Press `-` twice, which slows the next run, and watch the ball
# roll. Then let it roll with a `learning_rate` of 0.2: `#` takes
# the number in hand, digits and `enter` set it, `r` runs again.
# It stays in hand: go on with 0.22.
#
# The ball starts at $w = -1.5$, left of the bottom. What is
# the slope there?
#
# - [x] Negative
#   The cost falls as $w$ grows; the rule subtracts, so $w$ grows.
# - [ ] Zero
#   Only at the bottom is the bowl level.
# - [ ] Positive
#   Then the rule would make $w$ smaller, and the ball would climb.

# %% [markdown] lang="ko"
# ## 기울기가 내리막을 알려 줍니다
#
# 그릇 벽에 공을 올려놓아 봅시다. **기울기**는 어느 쪽이
# 내리막인지, 얼마나 가파른지 알려 줍니다. 얼마나 움직일지는
# **학습률** $\gamma$가 정합니다.
#
# $$w_{n+1} = w_n - \gamma \nabla J(w_n)$$
#
# $J$는 cost이고, $\nabla J$는 가중치마다 구한 cost의 기울기,
# 곧 **gradient**입니다. 바닥에 가까울수록 기울기가 작아져
# 걸음도 짧아집니다.
#
# 먼저 `-`를 두 번 눌러 속도를 늦춘 다음 실행해서, 공이 구르는
# 모습을 보세요. 그다음 `learning_rate`를 0.2로 바꿔 보세요.
# `#`로 수를 고르고, 숫자와 `enter`로 값을 정하고, `r`로 다시
# 실행합니다. 고른 수는 그대로이니 0.22는 바로 입력하면 됩니다.
#
# 공은 바닥의 왼쪽인 $w = -1.5$에서 출발합니다. 그곳의
# 기울기는 어떨까요?
#
# - [x] 음수
#   $w$가 커질수록 cost가 줄어듭니다. 기울기를 빼면 $w$는 커집니다.
# - [ ] 0
#   그릇이 평평한 곳은 바닥뿐입니다.
# - [ ] 양수
#   그러면 $w$가 작아져서 공이 벽을 올라가게 됩니다.

# %% A ball in the bowl watch="cost" show="w slope"
w = torch.tensor(-1.5)
learning_rate = 0.02
ball_weights, ball_costs = [], []

for epoch in range(1, 31):
    error = w * x - y
    cost = torch.mean(error**2)
    slope = torch.mean(2 * error * x)
    ball_weights.append(w.item())
    ball_costs.append(cost.item())
    w = w - learning_rate * slope

    if epoch % 10 == 0:
        print(f"epoch {epoch}: slope {slope:.4f}, w is now {w:.4f}")

# %% The ball view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.plot(weights, costs, color="cyan")
# what is outside stands at the edge
across = torch.tensor(ball_weights).clamp(-2, 6).tolist()
up = torch.tensor(ball_costs).clamp(0, 80).tolist()
plt.scatter(across, up, marker="o", color="orange")
plt.scatter(across[-1:], up[-1:], marker="O", color="red")
plt.xlim(-2, 6)
plt.ylim(0, 80)
plt.yticks([0, 20, 40, 60, 80])
plt.xlabel("w")
plt.title(f"epoch {len(ball_weights)}: from w = {ball_weights[-1]:.3f}")
plt.show()

# %% [markdown] lang="en"
# ## autograd finds the slope
#
# We worked that slope out by hand. PyTorch does it for us:
# `requires_grad=True` asks it to remember what happens to `w`,
# and `backward()` walks back through it.
#
# $$z = 2w^2 + 5$$
#
# By hand the derivative is $4w$. What will `w.grad` say at
# $w = 2$?
#
# - [?] `w.grad.item()` ± 0.1
#   4 times 2 is 8: autograd comes to the same.

# %% [markdown] lang="ko"
# ## autograd가 기울기를 구해 줍니다
#
# 앞에서는 기울기 식을 손으로 구했습니다. 이제 PyTorch에
# 맡겨 봅시다. `requires_grad=True`로 `w`에 일어나는 계산을
# 기록하고, `backward()`로 거슬러 올라가며 미분합니다.
#
# $$z = 2w^2 + 5$$
#
# 손으로 미분하면 $4w$입니다. $w = 2$에서 `w.grad`는 얼마가
# 될까요?
#
# - [?] `w.grad.item()` ± 0.1
#   4에 2를 곱한 8입니다. autograd의 답도 같습니다.

# %% autograd alone show="w z"
w = torch.tensor(2.0, requires_grad=True)
z = 2 * w**2 + 5
z.backward()
print(f"z differentiated by w: {w.grad}")

# %% [markdown] lang="en"
# ## The data
#
# Five students: three quiz scores each in `x_train`, and the
# final score of each in `y_train`.
#
# Look at the shapes. `[5, 3]` times a `[3, 1]` weight gives
# `[5, 1]`: one prediction for each student, in the shape of
# the targets.

# %% [markdown] lang="ko"
# ## 데이터
#
# 학생은 다섯 명입니다. `x_train`에는 각자의 퀴즈 점수 세
# 개가, `y_train`에는 최종 점수가 들어 있습니다.
#
# shape을 확인해 보세요. `[5, 3]`에 `[3, 1]`인 가중치를 곱하면
# `[5, 1]`이 됩니다. 학생마다 예측이 하나씩 나오고, 정답과
# shape도 같습니다.

# %% Five students show="x_train y_train"
x_train = torch.tensor(
    [[73, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]],
    dtype=torch.float32,
)
y_train = torch.tensor(
    [[152], [185], [180], [196], [142]],
    dtype=torch.float32,
)
print(x_train.shape, y_train.shape)

# %% [markdown] lang="en"
# ## Training with plain tensors
#
# Every **epoch**, one pass over the data, does the same four
# things: predict, measure the cost, find the gradients, step.
#
# `optimizer.step()` is the rule of the ball, for all **parameters**
# at once: three weights and the bias. `zero_grad()` comes before
# `backward()` because gradients add up until they are cleared.
#
# Classical regression solves "slope = 0" at once, by a formula.
# Gradient descent walks there, which goes where there is no
# formula too. The last lines compare their costs.
#
# $W$ and $b$ start from zero. The learning rate is tiny,
# `1e-5`. How will the curve of the cost look over 100 epochs?
#
# - [~] `cost`
#   Scores near 80 make large gradients, so tiny rates take long steps.

# %% [markdown] lang="ko"
# ## 텐서로 직접 학습하기
#
# 데이터를 한 번 다 쓰는 것이 1 **에포크**입니다. 에포크마다
# 예측하고, cost를 재고, 기울기를 구하고, 한 걸음 움직입니다.
#
# `optimizer.step()`은 공을 굴린 규칙을 모든 **파라미터**, 곧 가중치
# 셋과 편향에 한꺼번에 적용합니다. 기울기는 지우지 않으면 계속
# 쌓이므로 `backward()` 전에 `zero_grad()`로 비워 줍니다.
#
# 통계의 회귀 분석은 '기울기 = 0'인 곳을 공식으로 한 번에
# 찾습니다. 경사하강법은 그곳까지 걸어가므로 공식이 없는 모델도
# 학습할 수 있습니다. 코드 끝에서 두 cost를 비교합니다.
#
# $W$와 $b$는 0에서 출발합니다. 학습률은 `1e-5`로 아주 작습니다.
# 100 에포크 동안 cost 곡선은 어떤 모양이 될까요?
#
# - [~] `cost`
#   점수가 80점 안팎이라 기울기가 큽니다. 학습률이 작아도 걸음은 깁니다.

# %% Training with tensors watch="cost" show="W b hypothesis"
W = torch.zeros((3, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=1e-5)

nb_epochs = 100
for epoch in range(1, nb_epochs + 1):
    # predict
    hypothesis = x_train.matmul(W) + b
    # measure the cost
    cost = torch.mean((hypothesis - y_train) ** 2)
    # find the gradients
    optimizer.zero_grad()
    cost.backward()
    # take a step
    optimizer.step()

    if epoch <= 3 or epoch % 10 == 0 or epoch > nb_epochs - 4:
        print(
            f"Epoch {epoch}/{nb_epochs}",
            f"hypothesis: {hypothesis.squeeze().detach()}",
            f"Cost: {cost.item():.6f}",
        )

# where all slopes are 0, by formula
with_ones = torch.hstack([x_train, torch.ones(5, 1)])
solved = with_ones.matmul(torch.linalg.lstsq(with_ones, y_train).solution)
lowest_cost = torch.mean((solved - y_train) ** 2)
print(f"walked to {cost.item():.6f}, solved at once {lowest_cost:.6f}")

# %% Predictions and targets view="every epoch"
import plotext as plt

targets = y_train.flatten().tolist()
# what is outside stands at the edge
predictions = hypothesis.detach().flatten().clamp(0, 220)

plt.clear_figure()
plt.theme("clear")
perfect = [130, 210]
plt.plot(perfect, perfect, marker="braille", color="cyan", label="perfect")
if not predictions.isnan().any():
    plt.scatter(targets, predictions.tolist(), marker="O", color="red", label="student")
plt.xlim(130, 210)
plt.ylim(0, 220)
plt.yticks([0, 100, 200])
plt.xlabel("target")
plt.ylabel("↑ prediction")
plt.title(f"cost {cost.item():.3f}")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: the learning rate
#
# `1e-5` was our choice. Change the two rates below:
#
# - with `too_large`, the cost must end above where it began;
# - with `faster`, the same 100 epochs must end lower than the
#   1.564 of `1e-5`.
#
# Run it and see what the checks say. A rate that is too large is
# also warned of, with a ⚠; this time it is meant.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 학습률
#
# `1e-5`는 앞에서 고른 값입니다. 아래 두 학습률을 바꿔 보세요.
#
# - `too_large`로는 cost가 처음보다 커져야 합니다.
# - `faster`로는 같은 100 에포크 만에 `1e-5`의 1.564보다 더
#   내려가야 합니다.
#
# 실행한 다음, 검사 결과를 읽어 보세요. 학습률이 너무 크다는 ⚠도
# 나오지만, 이번에는 일부러 그런 것입니다.

# %% Two learning rates watch="cost" show="W b" tags=["exercise"]
too_large = 1e-5
faster = 1e-5

costs_reached = []
for learning_rate in [too_large, faster]:
    W = torch.zeros((3, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=learning_rate)

    for epoch in range(1, 101):
        hypothesis = x_train.matmul(W) + b
        cost = torch.mean((hypothesis - y_train) ** 2)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()

    costs_reached.append(cost.item())

# %% [markdown] lang="en" tags=["hint"]
# The edge is sharp: a little below it the training still
# converges, a little above it every step lands higher than it
# left. Try 1e-5 times 2, times 5, times 10.

# %% [markdown] lang="ko" tags=["hint"]
# 학습률의 경계는 뚜렷합니다. 경계보다 조금만 작아도 수렴하고, 조금만
# 커도 한 걸음 뗄 때마다 더 높은 곳에 닿습니다. 1e-5의 2배,
# 5배, 10배를 넣어 보세요.

# %% [markdown] lang="en" tags=["hint"]
# The edge lies between `4e-5` and `5e-5`.

# %% [markdown] lang="ko" tags=["hint"]
# 경계는 `4e-5`와 `5e-5` 사이에 있습니다.

# %% [markdown] lang="en" tags=["hint"]
# `too_large = 1e-4` lies far above the edge, `faster = 3e-5`
# safely below it.

# %% [markdown] lang="ko" tags=["hint"]
# `too_large = 1e-4`는 경계를 훌쩍 넘고, `faster = 3e-5`는
# 넘지 않습니다.

# %% tags=["solution"]
too_large = 1e-4
faster = 3e-5

costs_reached = []
for learning_rate in [too_large, faster]:
    W = torch.zeros((3, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=learning_rate)

    for epoch in range(1, 101):
        hypothesis = x_train.matmul(W) + b
        cost = torch.mean((hypothesis - y_train) ** 2)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()

    costs_reached.append(cost.item())


# %% tags=["check"]
def cost_after_100(rate):
    W, b = torch.zeros((3, 1), requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=rate)
    for epoch in range(100):
        cost = torch.mean((x_train.matmul(W) + b - y_train) ** 2)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    return cost.item()


def are_same(one, other):
    # what overflows does so in either
    return abs(one - other) <= 0.0005 * other or not (one < 1e30 or other < 1e30)


def as_written(rate):
    # 1e-5, as in the text, and not 1e-05
    return f"{rate:g}".replace("e-0", "e-")


cost_at_start = torch.mean(y_train**2).item()
kept = [torch.as_tensor(each).item() for each in costs_reached]
are_two = len(kept) == 2

assert are_two, {
    "en": f"costs_reached must hold the cost of each rate; it holds {len(kept)}:"
    " does the append stand in the loop over the rates?",
    "ko": f"costs_reached에는 두 학습률의 cost가 하나씩 있어야 합니다. 지금은 {len(kept)}개입니다."
    " append가 학습률을 도는 반복문 안에 있나요?",
}
assert 0 < too_large < float("inf"), {
    "en": f"too_large must be a rate above 0; yours is {as_written(too_large)}",
    "ko": f"too_large는 0보다 큰 학습률이어야 합니다. 지금은 {as_written(too_large)}입니다",
}
# what the rates themselves come to, whatever was kept
cost_too_large, cost_faster = cost_after_100(too_large), cost_after_100(faster)
cost_of_ours = cost_after_100(1e-5)
assert not cost_too_large <= cost_at_start, {
    "en": f"too_large must end above where it began; {as_written(too_large)} ends at"
    f" {cost_too_large:,.5g}, and began at {cost_at_start:,.0f}",
    "ko": f"too_large로는 cost가 처음보다 커져야 합니다. 처음 cost: {cost_at_start:,.0f},"
    f" 학습률 {as_written(too_large)}에서 끝난 cost: {cost_too_large:,.5g}",
}
assert cost_faster < 0.999 * cost_of_ours, {
    "en": f"faster must end below the 1.564 of 1e-5; {as_written(faster)} ends at"
    f" {cost_faster:.4g}",
    "ko": f"faster로는 cost가 1e-5의 1.564보다 작아져야 합니다."
    f" 학습률 {as_written(faster)}에서 끝난 cost: {cost_faster:.4g}",
}
if are_two:
    pairs = zip([too_large, faster], kept, [cost_too_large, cost_faster], strict=True)
    off = [each for each in pairs if not are_same(*each[1:])]
    rate, yours, ours = off[0] if off else (faster, cost_faster, cost_faster)
    assert not off, {
        "en": f"leave the training as it is; in 100 epochs {as_written(rate)} comes to {ours:,.5g},"
        f" and yours came to {yours:,.5g}",
        "ko": f"학습 코드는 그대로 두세요. 학습률 {as_written(rate)}에서는 100 에포크 뒤의 cost가"
        f" {ours:,.5g}인데, 지금은 {yours:,.5g}입니다",
    }

# %% [markdown] lang="en"
# ## Your turn: the update by hand
#
# This time there is no optimizer. `backward()` has filled
# `W.grad` and `b.grad`; the rule that uses them is missing:
#
# $$w_{n+1} = w_n - \gamma \nabla J(w_n)$$
#
# Write it in the place of `pass`, for `W` and for `b`, so that
# the training reaches the same cost as `torch.optim.SGD` did.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 손으로 쓰는 갱신 규칙
#
# 이번에는 옵티마이저가 없습니다. `W.grad`와 `b.grad`는
# `backward()`가 채워 두었지만, 그 값을 쓰는 규칙이 빠져
# 있습니다.
#
# $$w_{n+1} = w_n - \gamma \nabla J(w_n)$$
#
# `pass` 자리에 `W`와 `b`의 규칙을 직접 써서,
# `torch.optim.SGD`와 같은 cost까지 내려가 보세요.

# %% The update by hand watch="cost" show="W b" tags=["exercise"]
W = torch.zeros((3, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
learning_rate = 1e-5

for epoch in range(1, 101):
    hypothesis = x_train.matmul(W) + b
    cost = torch.mean((hypothesis - y_train) ** 2)
    cost.backward()

    with torch.no_grad():
        # write the two updates here, instead of pass
        pass

    W.grad, b.grad = None, None

# %% [markdown] lang="en" tags=["hint"]
# The gradient points uphill, and you want to go down: from
# each parameter, take away the learning rate times its
# gradient.

# %% [markdown] lang="ko" tags=["hint"]
# 기울기는 오르막을 가리키고, 우리는 내려가려 합니다. 각
# 파라미터에서 학습률과 기울기의 곱을 빼면 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# Change the tensors in place, with `-=`. A new `W = W - ...`
# under `no_grad()` would no longer ask for a gradient.

# %% [markdown] lang="ko" tags=["hint"]
# `W -= ...`처럼 텐서를 그 자리에서 바꾸세요. `no_grad()`
# 안에서 `W = W - ...`로 새로 만들면 기울기를 더는 구할 수
# 없습니다.

# %% [markdown] lang="en" tags=["hint"]
# `W -= learning_rate * W.grad`, and the same for `b`.

# %% [markdown] lang="ko" tags=["hint"]
# `W -= learning_rate * W.grad`, 그리고 `b`도 마찬가지입니다.

# %% tags=["solution"]
W = torch.zeros((3, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
learning_rate = 1e-5

for epoch in range(1, 101):
    hypothesis = x_train.matmul(W) + b
    cost = torch.mean((hypothesis - y_train) ** 2)
    cost.backward()

    with torch.no_grad():
        W -= learning_rate * W.grad
        b -= learning_rate * b.grad

    W.grad, b.grad = None, None

# %% tags=["check"]
reached, moved_to = torch.as_tensor(cost).item(), torch.as_tensor(b).item()
weights_of_SGD = [0.6735, 0.6610, 0.6762]
wanted, found = [
    ", ".join(f"{weight:.4g}" for weight in weights)
    for weights in (weights_of_SGD, W.flatten().tolist())
]

assert abs(reached - 1.5643) < 0.001, {
    "en": f"the cost must come to 1.564, as SGD brings it; yours came to {reached:.4g}",
    "ko": f"cost는 SGD처럼 1.564가 되어야 합니다. 지금 끝난 cost: {reached:.4g}",
}
assert torch.allclose(W.flatten(), torch.tensor(weights_of_SGD), atol=0.001), {
    "en": f"W must come to where SGD brings it; that is {wanted}, and yours came to {found}",
    "ko": f"W는 SGD로 구한 값과 같아야 합니다. SGD에서는 {wanted}인데, 지금은 {found}입니다",
}
assert abs(moved_to - 0.0079) < 0.0005, {
    "en": f"b must move too, to 0.0079, as SGD brings it; yours is at {moved_to:.4g}",
    "ko": f"b도 움직여야 합니다. SGD에서는 0.0079인데, 지금은 {moved_to:.4g}입니다",
}

# %% [markdown] lang="en"
# ## The model as a class
#
# Larger models are written as classes. `nn.Linear(3, 1)` holds
# a weight and a bias, 3 numbers in and 1 out, and `forward`
# says how a prediction is made.
#
# A new `nn.Linear` starts from random numbers. So that you see
# the same as everyone, `start_from` writes chosen ones in.
# The weight lies down, `[1, 3]`: `nn.Linear` computes
# $xW^T + b$.

# %% [markdown] lang="ko"
# ## 클래스로 만드는 모델
#
# 모델이 커지면 클래스로 만듭니다. `nn.Linear(3, 1)`은 입력이
# 3개, 출력이 1개인 가중치와 편향을 가지고 있고, `forward`는
# 예측하는 방법을 정합니다.
#
# `nn.Linear`는 무작위 값에서 출발합니다. 모두 같은 결과를
# 볼 수 있도록 `start_from`으로 정해 둔 값을 넣습니다.
# `nn.Linear`는 $xW^T + b$를 계산하므로 가중치가 `[1, 3]`으로
# 누워 있습니다.

# %% The model as a class
import torch.nn as nn


class MultivariateLinearRegressionModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 1)

    def forward(self, x):
        return self.linear(x)


def start_from(model, weight, bias):
    with torch.no_grad():
        model.linear.weight.copy_(torch.tensor(weight))
        model.linear.bias.copy_(torch.tensor(bias))


model = MultivariateLinearRegressionModel()
start_from(model, [[-0.3791, -0.1642, -0.5551]], [0.1892])
print(list(model.parameters()))

# %% [markdown] lang="en"
# ## Training the class
#
# The loop stays. `model(x_train)` predicts, and the optimizer
# takes `model.parameters()`, however many there are.
#
# A new model draws new random numbers. This one starts from
# those in the code, so that you see the same as everyone.
#
# Compare the costs with those from zero, the first and the last:
# the start is different, the bowl is the same.

# %% [markdown] lang="ko"
# ## 클래스 모델 학습하기
#
# 반복문은 그대로입니다. 예측은 `model(x_train)`이 하고,
# 옵티마이저에는 파라미터가 몇 개든 `model.parameters()`만
# 넘기면 됩니다.
#
# 모델을 새로 만들면 출발값도 새로 뽑힙니다. 여기서는 코드에
# 적은 값에서 출발합니다.
#
# 0에서 출발했을 때와 처음 cost, 마지막 cost를 비교해 보세요.
# 출발점은 달라도 그릇은 같습니다.

# %% Training the class watch="cost" show="weight bias hypothesis"
model = MultivariateLinearRegressionModel()
start_from(model, [[0.474261, -0.561227, 0.027782]], [-0.073203])
weight, bias = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-5)

nb_epochs = 100
for epoch in range(1, nb_epochs + 1):
    hypothesis = model(x_train)
    cost = nn.functional.mse_loss(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

    if epoch <= 3 or epoch % 10 == 0 or epoch == nb_epochs:
        print(
            f"Epoch {epoch}/{nb_epochs}",
            f"hypothesis: {hypothesis.squeeze().detach()}",
            f"Cost: {cost.item():.6f}",
        )

# %% The weights view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.bar(
    ["quiz 1", "quiz 2", "quiz 3"],
    weight.detach().flatten().clamp(-0.6, 1.4).tolist(),
    color="cyan",
)
plt.hline(0, color="gray")
plt.ylim(-0.6, 1.4)
plt.yticks([-0.5, 0, 0.5, 1])
plt.title(f"epoch {epoch}: weight by quiz")
plt.show()

# %% [markdown] lang="en"
# ## The bowl is a valley
#
# From zero the cost ended at 1.56, the class ended at 2.53, and
# the one lowest point has 0.10. No step went astray:
# students who do well in one quiz do well in all, so what one
# weight gains another can give back. The bowl is stretched to a
# **valley**, a thousand times flatter along than across.
#
# To see it we take two quizzes and no bias: two weights, a map.
# The brightest band is the floor of the valley, the cross its
# lowest point. Three balls start from three places.
#
# Where are they after 100 epochs?
#
# - [ ] All three at the cross
#   There is no other lowest point, and they are on their way to it.
# - [x] Each on the floor, near where it came down
#   Across it is steep, along it is nearly level: they creep.
# - [ ] Still on the walls
#   One step or two take them down: the walls are steep.

# %% [markdown] lang="ko"
# ## 그릇이 아니라 골짜기
#
# 0에서 출발한 학습은 cost 1.56에서, 클래스는 2.53에서 끝났는데,
# 하나뿐인 가장 낮은 점의 cost는 0.10입니다. 길을 잘못 든 것은
# 아닙니다. 한 퀴즈를 잘 본 학생은 다른 퀴즈도 잘 보므로, 한
# 가중치가 늘어난 만큼 다른 가중치가 줄어도 예측은 비슷합니다.
# 그래서 그릇이 길게 늘어난 **골짜기**가 됩니다. 가로지를 때보다
# 따라갈 때 천 배나 완만합니다.
#
# 퀴즈 두 개만 쓰고 편향을 빼면 가중치가 둘이라 지도를 그릴 수
# 있습니다. 가장 밝은 띠가 골짜기의 바닥이고, 십자 표시가 가장 낮은
# 곳입니다. 공 셋이 서로 다른 곳에서 출발합니다.
#
# 100 에포크 뒤에 공들은 어디에 있을까요?
#
# - [ ] 셋 다 십자 표시에
#   가장 낮은 곳은 하나뿐이지만, 아직 그리로 가는 길입니다.
# - [x] 저마다 내려온 자리의 바닥에
#   가로로는 가파르지만 골짜기를 따라서는 거의 평평해서 느리게
#   나아갑니다.
# - [ ] 아직 벽에
#   벽은 가팔라서 한두 걸음이면 내려옵니다.

# %% The valley watch="cost" show="w"
two_quizzes = x_train[:, :2]
bottom = torch.linalg.lstsq(two_quizzes, y_train).solution
paths = []

for start in [[0.0, 0.0], [2.2, 0.8], [0.0, 2.0]]:
    w = torch.tensor(start)[:, None].requires_grad_()
    optimizer = torch.optim.SGD([w], lr=3e-5)
    paths.append([start])

    for epoch in range(1, 101):
        cost = torch.mean((two_quizzes.matmul(w) - y_train) ** 2)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        paths[-1].append(w.flatten().tolist())

    at = [round(weight, 2) for weight in paths[-1][-1]]
    print(f"from {start} to {at}, cost {cost.item():.2f}")

bottom_cost = torch.mean((two_quizzes.matmul(bottom) - y_train) ** 2)
print(f"the lowest point has the cost {bottom_cost:.2f}")

# %% Three paths on the map view="every epoch"
from itertools import groupby

import plotext as plt

width, height = plt.plotsize()
columns, lines = width - 3, height - 5
across, up = torch.linspace(-0.5, 2.5, columns), torch.linspace(-0.5, 2.5, lines)


def blue(band):
    return 0, 110 - 15 * (band - 7), 215 - 28 * (band - 7)


def dots_on_the_way(path):
    """How far right and how far up each dot of the path is; a cell has 2 by 4."""
    stops = torch.tensor([*path, path[-1]]).nan_to_num(9).clamp(-0.5, 2.5)
    between = torch.linspace(0, 1, 200)[:, None, None]
    points = stops[:-1].lerp(stops[1:], between).flatten(0, 1)
    last = torch.tensor([2 * columns - 1, 4 * lines - 1])
    return ((points + 0.5) / 3 * last).round().long().T


# two points of the map in each cell: the lower the cost, the brighter
places = torch.cartesian_prod(torch.linspace(-0.5, 2.5, 2 * lines), across).flip(1)
heights = torch.mean((places.matmul(two_quizzes.T) - y_train.T) ** 2, dim=1)
bands = heights.log2().floor().clamp(7, 14).int().view(lines, 2, columns).tolist()
cells = [[("▀", blue(upper), blue(lower)) for lower, upper in zip(*pair)] for pair in bands]

# each path in braille, whose characters count their dots; lines begin below
bits = torch.tensor([[64, 128], [4, 32], [2, 16], [1, 8]])
for path, color in zip(paths, [(255, 200, 60), (120, 255, 120), (240, 180, 255)]):
    right, above = dots_on_the_way(path)
    dots = torch.zeros(4 * lines, 2 * columns, dtype=torch.long)
    dots[above, right] = 1
    codes = (dots.view(lines, 4, columns, 2) * bits[:, None]).sum((1, 3))
    for line, column in codes.nonzero().tolist():
        ground = cells[line][column][2]
        cells[line][column] = chr(0x2800 + codes[line, column]), color, ground
    cells[above[-1] // 4][right[-1] // 2] = "O", color, (0, 0, 0)

plt.clear_figure()
plt.theme("clear")
for line, row in enumerate(cells):
    column = 0
    for (color, ground), run in groupby(row, key=lambda cell: cell[1:]):
        text = "".join(character for character, _, _ in run)
        shades = {"color": color, "background": ground, "alignment": "left"}
        plt.text(text, across[column].item(), up[line].item(), **shades)
        column += len(text)
plt.text(" + ", *bottom.flatten().tolist(), color="red", alignment="center")
plt.xlim(-0.5, 2.5)
plt.ylim(-0.5, 2.5)
plt.xticks([0, 1, 2])
plt.yticks([0, 1, 2])
plt.xlabel("w1")
plt.ylabel("↑ w2")
plt.title(f"w = ({w[0].item():.2f}, {w[1].item():.2f}): cost {cost.item():.3g}")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# Eight taxi rides: how far (in 10 km), how long (in 10 minutes),
# and the price (in 1,000 won). Nothing but the data is given. Write
# all the rest:
#
# - a model called `my_model`, of any kind, that is called with
#   rides, `[n, 2]`, and answers prices, `[n, 1]`;
# - the loop that trains it.
#
# The checks ask `my_model` for five rides that are not among the
# eight. The mean squared error there must come below 0.1.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 택시를 여덟 번 탔습니다. 거리(10 km 단위)와 시간(10분 단위),
# 그리고 요금(1,000원 단위)이 있습니다. 데이터만 드립니다. 나머지는
# 모두 직접 써 보세요.
#
# - 모델 이름은 `my_model`이고, 어떤 방식이든 됩니다. `[n, 2]`인
#   거리와 시간을 넣으면 `[n, 1]`인 요금을 답해야 합니다.
# - 모델을 학습시키는 반복문도 쓰세요.
#
# 검사에서는 여덟 번에 없던 다섯 번의 요금을 `my_model`에
# 물어봅니다. 이때 평균 제곱 오차가 0.1보다 작아야 합니다.

# %% A blank page tags=["exercise"]
# each row: the way in 10 km, the time in 10 minutes
x_rides = torch.tensor(
    [
        *([0.2, 0.5], [0.9, 1.6], [0.4, 1.2], [1.5, 2.0]),
        *([0.7, 0.9], [1.1, 2.4], [0.3, 0.4], [1.8, 2.9]),
    ]
)
prices = [6.2, 12.6, 8.7, 17.4, 10.3, 15.3, 6.6, 21.0]
y_rides = torch.tensor(prices).reshape(8, 1)

# your model, and the loop that trains it

# %% [markdown] lang="en" tags=["hint"]
# Predict, measure, find the gradients, take a step: four lines in
# a loop, and before it a model and an optimizer. Which of them
# must know the two columns?

# %% [markdown] lang="ko" tags=["hint"]
# 예측하고, cost를 재고, 기울기를 구하고, 한 걸음 움직입니다.
# 반복문 안은 이 네 가지이고, 그 앞에 모델과 옵티마이저가
# 있습니다. 입력이 두 열이라는 것은 어디에 써야 할까요?

# %% [markdown] lang="en" tags=["hint"]
# `nn.Linear(2, 1)` is a model as it stands. These numbers are near
# 1, so a rate like 0.1 is not too large. Take 1000 epochs.

# %% [markdown] lang="ko" tags=["hint"]
# `nn.Linear(2, 1)`만으로도 모델이 됩니다. 여기서는 수가 1
# 안팎이므로 학습률은 0.1쯤이면 됩니다. 1000 에포크 동안 학습하세요.

# %% [markdown] lang="en" tags=["hint"]
# `my_model = nn.Linear(2, 1)`,
# `optimizer = torch.optim.SGD(my_model.parameters(), lr=0.1)`, and
# in the loop `cost = nn.functional.mse_loss(my_model(x_rides), y_rides)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% [markdown] lang="ko" tags=["hint"]
# `my_model = nn.Linear(2, 1)`,
# `optimizer = torch.optim.SGD(my_model.parameters(), lr=0.1)`,
# 반복문에는
# `cost = nn.functional.mse_loss(my_model(x_rides), y_rides)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% tags=["solution"]
# each row: the way in 10 km, the time in 10 minutes
x_rides = torch.tensor(
    [
        *([0.2, 0.5], [0.9, 1.6], [0.4, 1.2], [1.5, 2.0]),
        *([0.7, 0.9], [1.1, 2.4], [0.3, 0.4], [1.8, 2.9]),
    ]
)
prices = [6.2, 12.6, 8.7, 17.4, 10.3, 15.3, 6.6, 21.0]
y_rides = torch.tensor(prices).reshape(8, 1)

my_model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(my_model.parameters(), lr=0.1)

for epoch in range(1, 1001):
    hypothesis = my_model(x_rides)
    cost = nn.functional.mse_loss(hypothesis, y_rides)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def asked(rides):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(rides.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return found


def stayed(answers):
    # what steps pass by is as it was made, and its version says so
    weights = weights_behind(answers)
    return len(weights) > 0 and all(weight._version < 3 for weight in weights)


def length_of(tensors):
    return sum(each.norm().item() ** 2 for each in tensors) ** 0.5


x_new = torch.tensor([[0.5, 0.6], [1.2, 1.3], [0.8, 2.1], [1.6, 2.5], [0.3, 1.0]])
y_new = torch.tensor([[8.4], [14.4], [12.7], [19.0], [7.6]])
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [5, 1]

assert fits, {
    "en": f"for 5 rides my_model must answer 5 prices in a column, [5, 1]; yours answers {shape}",
    "ko": "다섯 번의 거리와 시간을 넣으면 my_model은 요금 다섯 개를 [5, 1]로 답해야 합니다."
    f" 지금은 {shape}입니다",
}
if fits:
    cost_new = torch.mean((answers - y_new) ** 2).item()
    weights = [weight for weight in weights_behind(answers) if weight.grad is not None]
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    spread = answers.std().item()
    advice = {
        "en": "does every epoch take a step, with a rate that lets the cost fall?",
        "ko": "에포크마다 cost가 줄어드는 쪽으로 한 걸음씩 움직이나요?",
    }
    if not cost_new < 1000:
        advice = {
            "en": "it ran away: is the rate too large, is it the squared error?",
            "ko": "멀리 달아났습니다. 학습률이 너무 크지 않은가요? 제곱 오차를 썼나요?",
        }
    elif stayed(answers):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
    elif added >= 10 and cost_new > 1:
        advice = {
            "en": "are the gradients emptied in every epoch, by zero_grad()?",
            "ko": "에포크마다 zero_grad()로 기울기를 비우나요?",
        }
    elif spread < 1 and 10 < answers.mean() < 15:
        advice = {
            "en": "it says nearly the same of all: have prediction and price the same shape?",
            "ko": "무엇을 넣어도 거의 같은 값을 답합니다. 예측과 정답의 shape이 같은가요?",
        }
    assert cost_new < 0.1, {
        "en": "on five rides that it has not seen, the mean squared error must be below 0.1;"
        f" yours is {cost_new:.4g}: {advice['en']}",
        "ko": "처음 보는 다섯 번의 평균 제곱 오차가 0.1보다 작아야 합니다."
        f" 지금은 {cost_new:.4g}입니다. {advice['ko']}",
    }
if fits:
    # what one example asks of the weights, beside what the last epoch left there
    alone = []
    for at in range(8 if weights else 0):
        cost_of_one = nn.functional.mse_loss(asked(x_rides[[at]]), y_rides[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    assert added < 10 or left <= 0.4 * usual + 1e-3, {
        "en": f"each epoch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"에포크마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - A model predicts, and the cost says how wrong it is.
# - The gradient points uphill; a step goes the other way.
# - autograd finds gradients, an optimizer takes the steps.
#
# Every step is yours: go back to it with `p`, change its code
# with `e`, race values with `V`. A training goes back too, one
# iteration with `,`. Try:
#
# - In the training with tensors, press `V` and type
#   `lr: 1e-6 1e-5 4e-5`. `B` lists who came lowest; `3` and then
#   `S` give the curve a logarithmic scale.
# - Take `nb_epochs` in hand (each `#` goes on to the next number),
#   and turn it to 1000 with `}`. How near does it come to the cost
#   that was solved at once?
# - Where the class is trained, delete the `start_from` line, and
#   run it a few times.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 모델은 예측하고, cost는 얼마나 틀렸는지 알려 줍니다.
# - 기울기는 오르막을 가리키므로 반대쪽으로 움직입니다.
# - 기울기는 autograd가 구하고, 옵티마이저가 움직입니다.
#
# 어느 단계든 마음대로 바꿀 수 있습니다. `p`로 돌아가서 `e`로
# 코드를 고치고, `V`로 여러 값을 경주시켜 보세요. `,`를 누르면
# 학습이 한 반복 뒤로 되돌아갑니다. 다음도 해 보세요.
#
# - 텐서로 학습하는 단계에서 `V`를 누르고 `lr: 1e-6 1e-5 4e-5`를
#   넣어 보세요. 누가 가장 낮은지는 `B`로 봅니다. `3`과 `S`를 차례로
#   누르면 곡선이 로그 눈금으로 바뀝니다.
# - `nb_epochs`가 잡힐 때까지 `#`를 누르고(누를 때마다 다음 수로
#   넘어갑니다) `}`로 1000까지 키워 보세요. 한 번에 푼 cost에 얼마나
#   가까워질까요?
# - 클래스를 학습하는 단계에서 `start_from` 줄을 지우고 여러 번
#   실행해 보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `The bowl`: 그릇
# - `The ball`: 공
# - `Predictions and targets`: 예측과 정답
# - `The weights`: 가중치
# - `Three paths on the map`: 지도 위의 세 경로
# - `cost of w`: w의 cost
# - `epoch {}: from w = {}`: 에포크 {}: w = {}에서 출발
# - `perfect`: 정확한 예측
# - `student`: 학생
# - `target`: 정답
# - `↑ prediction`: ↑ 예측
# - `cost {}`: cost {}
# - `quiz 1`: 퀴즈 1
# - `quiz 2`: 퀴즈 2
# - `quiz 3`: 퀴즈 3
# - `epoch {}: weight by quiz`: 에포크 {}: 퀴즈별 가중치
# - `w = ({}, {}): cost {}`: w = ({}, {}): cost {}
