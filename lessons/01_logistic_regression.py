# ---
# tutorch:
#   title:
#     en: Logistic regression
#     ko: 로지스틱 회귀
#   summary:
#     en: From hours of study to a chance of passing, through the sigmoid and cross entropy.
#     ko: 시그모이드와 크로스 엔트로피로, 공부한 시간에서 합격 확률을 구합니다.
#   minutes: 30
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## Pass or fail?
#
# Six students, an exam. A row of `x_train` is one student's
# hours of lectures and hours of self-study; `y_train` says 1
# for a pass and 0 for a fail. The first heard one hour, studied
# two, and failed.
#
# For a new student we want a **chance** of passing, $p$.
#
# The model of lesson 0 answers $XW + b$. Why will that not do
# for a chance?
#
# - [ ] It cannot be trained on targets of 0 and 1
#   It can: to the squared error any target is just a number.
# - [x] It can answer 1.7, or -0.4
#   A line rises for ever, and a chance stays between 0 and 1.
# - [ ] Two weights are too few
#   They will be enough. What must change comes after the sum.

# %% [markdown] lang="ko"
# ## 합격일까, 불합격일까?
#
# 학생 여섯 명이 시험을 봤습니다. `x_train`의 한 행은 학생 한
# 명이 강의를 들은 시간과 자습한 시간이고, `y_train`은 합격이면
# 1, 불합격이면 0입니다. 첫 학생은 강의를 1시간 듣고 2시간
# 자습했지만 불합격했습니다.
#
# 새로운 학생이 합격할 **확률** $p$를 구하려고 합니다.
#
# 0번 레슨의 모델은 $XW + b$를 답합니다. 확률을 구하는 데
# 그대로 쓸 수 없는 까닭은 무엇일까요?
#
# - [ ] 정답이 0과 1이면 학습할 수 없어서
#   학습은 됩니다. 제곱 오차에는 0과 1도 그저 숫자입니다.
# - [x] 1.7이나 -0.4라고 답할 수 있어서
#   직선은 끝없이 올라가지만 확률은 0과 1 사이에 있어야 합니다.
# - [ ] 가중치 두 개로는 모자라서
#   두 개면 됩니다. 바꿀 것은 더한 다음의 계산입니다.

# %% Six students show="x_train y_train"
import torch
import torch.nn as nn
import torch.nn.functional as F

x_train = torch.tensor(
    [[1, 2], [2, 3], [3, 1], [4, 3], [5, 3], [6, 2]],
    dtype=torch.float32,
)
y_train = torch.tensor(
    [[0], [0], [0], [1], [1], [1]],
    dtype=torch.float32,
)
print(x_train.shape, y_train.shape)

# %% Who passed view="every epoch"
import plotext as plt


def draw_students(title):
    passed = y_train.flatten() == 1
    plt.scatter(*x_train[~passed].T.tolist(), marker="x", color="red", label="failed")
    plt.scatter(*x_train[passed].T.tolist(), marker="O", color="green", label="passed")
    plt.xlim(0, 7)
    # the legend has the room above 4
    plt.ylim(0, 5)
    plt.xticks(range(8))
    plt.yticks(range(5))
    plt.xlabel("lectures")
    plt.ylabel("↑ self-study")
    plt.title(title)
    plt.show()


plt.clear_figure()
plt.theme("clear")
draw_students("six students")

# %% [markdown] lang="en"
# ## Odds
#
# $XW + b$ may be any number, a chance may not. A bridge is
# built in two moves. First, the **odds**: how often do you
# pass for each time you fail?
#
# $$odds = \frac{p}{1 - p}$$
#
# Odds go from 0 up without end. Their logarithm, the **logit**,
# has no end on either side, just like the sum:
#
# $$\ln \frac{p}{1 - p} = XW + b$$
#
# The code puts five chances through both moves. Of five
# students like you, four pass: $p = 0.8$. What are the odds?
#
# - [?] `odds[3].item()` ± 0.1
#   0.8 / 0.2: four pass for each one that fails.

# %% [markdown] lang="ko"
# ## 오즈(odds)
#
# $XW + b$는 어떤 수든 될 수 있지만 확률은 그렇지 않습니다. 둘을
# 잇는 다리를 두 단계로 놓아 봅시다. 먼저 **오즈**(승산)입니다.
# 한 번 불합격할 때 몇 번 합격하는지를 뜻합니다.
#
# $$odds = \frac{p}{1 - p}$$
#
# 오즈는 0에서 끝없이 커집니다. 여기에 로그를 씌운 **로짓**은
# 아래로도 위로도 끝이 없습니다. $XW + b$도 그렇습니다.
#
# $$\ln \frac{p}{1 - p} = XW + b$$
#
# 확률 다섯 개로 두 단계를 계산합니다. 다섯 명 중 네 명이
# 합격해서 $p = 0.8$이면 오즈는 얼마일까요?
#
# - [?] `odds[3].item()` ± 0.1
#   0.8 / 0.2, 한 명이 불합격할 때 네 명이 합격합니다.

# %% Chance, odds, logit show="p odds logit"
p = torch.tensor([0.1, 0.2, 0.5, 0.8, 0.9])
odds = p / (1 - p)
logit = torch.log(odds)

print("   p    odds   logit")
for row in zip(p, odds, logit, strict=True):
    print("{:.2f} {:7.4f} {:7.4f}".format(*row))

# %% [markdown] lang="en"
# ## The sigmoid
#
# Walk the bridge the other way: solve the last formula for
# $p$, with $z$ for $XW + b$. What comes out is the **sigmoid**,
# in two forms that are one:
#
# $$p = \sigma(z) = \frac{e^z}{1 + e^z} = \frac{1}{1 + e^{-z}}$$
#
# It takes any number, and its answer is a chance. The code
# brings the five logits back, then turns a weight from -1 to 4
# and computes $\sigma(Wx)$. Watch the curve bend. Press `-`
# before you run it, and it bends slowly.
#
# All these curves go through one point. Which?
#
# - [ ] (0, 0)
#   The sigmoid never gets to 0; on the left it comes close.
# - [x] (0, 0.5)
#   There $Wx$ is 0 whatever $W$ is, and 1 / (1 + 1) is a half.
# - [ ] (1, 1)
#   It never gets to 1 either; a large $W$ brings it closer.

# %% [markdown] lang="ko"
# ## 시그모이드
#
# 이번에는 다리를 거꾸로 건너 봅시다. $XW + b$를 $z$라 쓰고 앞의
# 식을 $p$에 대해 풀면 **시그모이드**가 나옵니다. 두 가지로 쓰지만
# 같은 식입니다.
#
# $$p = \sigma(z) = \frac{e^z}{1 + e^z} = \frac{1}{1 + e^{-z}}$$
#
# 어떤 수를 넣어도 확률이 나옵니다. 코드는 로짓 다섯 개를
# 확률로 되돌린 다음, 가중치를 -1에서 4까지 바꾸며
# $\sigma(Wx)$를 계산합니다. 곡선이 휘는 모습을 보세요.
# 실행하기 전에 `-`를 누르면 천천히 휩니다.
#
# 이 곡선들이 모두 지나는 점이 하나 있습니다. 어디일까요?
#
# - [ ] (0, 0)
#   왼쪽에서 0에 가까워질 뿐, 0이 되지는 않습니다.
# - [x] (0, 0.5)
#   $W$가 얼마든 $Wx$가 0이고, 1 / (1 + 1)은 0.5입니다.
# - [ ] (1, 1)
#   1이 되지도 않습니다. $W$가 크면 1에 가까워질 뿐입니다.


# %% The sigmoid by hand show="W curve logit"
def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


print("chances:", sigmoid(logit))
print("PyTorch:", torch.sigmoid(logit))

x = torch.linspace(-4, 4, 65)
for W in torch.linspace(-1, 4, 51):
    curve = sigmoid(W * x)

# %% The sigmoid's curve view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.plot([-4, 4], [0.5, 0.5], marker="braille", color="gray")
plt.plot(x.tolist(), curve.tolist(), marker="braille", color="cyan")
plt.xlim(-4, 4)
plt.ylim(0, 1)
plt.xticks([-4, -2, 0, 2, 4])
plt.yticks([0, 0.5, 1])
plt.xlabel("x")
plt.title(f"W = {W:.1f}")
plt.show()

# %% [markdown] lang="en"
# ## Cross entropy
#
# To mark chances, ask how much chance the model gave to what
# then happened. **Cross entropy** takes minus its logarithm:
#
# $$y = 1: \quad cost = -\ln p$$
# $$y = 0: \quad cost = -\ln(1 - p)$$
#
# Sure and right costs nothing. Sure and wrong costs without
# limit, where the squared error of lesson 0 ends at 1. The
# drawing compares them for a student who passed.
#
# "Even" ($p = 0.5$) costs 0.69. The model said 1% and the
# student passed. How much more does that cost?
#
# - [ ] Twice as much
#   Even the squared error grows by more, from 0.25 to 0.98.
# - [x] About seven times as much
#   $-\ln 0.01$ is 4.6. Each further zero would add 2.3 more.
# - [ ] Fifty times as much
#   The chance is fifty times smaller; the logarithm is not.

# %% [markdown] lang="ko"
# ## 크로스 엔트로피
#
# 확률을 채점하려면 실제로 일어난 일에 모델이 얼마나 높은
# 확률을 주었는지 재야 합니다. **크로스 엔트로피**는 그 확률의
# 로그에 마이너스 부호를 붙인 값입니다.
#
# $$y = 1: \quad cost = -\ln p$$
# $$y = 0: \quad cost = -\ln(1 - p)$$
#
# 확신하고 맞히면 cost가 거의 0이고, 확신하고 틀리면 끝없이
# 커집니다. 제곱 오차는 커 봐야 1입니다. 그림에서 합격한
# 학생을 두고 둘을 비교합니다.
#
# 반반이라고($p = 0.5$) 하면 cost는 0.69입니다. 1%라고 했는데
# 합격했다면 cost는 몇 배일까요?
#
# - [ ] 두 배쯤
#   제곱 오차도 0.25에서 0.98로 그보다는 더 커집니다.
# - [x] 일곱 배쯤
#   $-\ln 0.01$은 4.6입니다. 0이 하나 늘 때마다 2.3씩 커집니다.
# - [ ] 쉰 배쯤
#   확률이 50배 작아도 로그는 그만큼 커지지 않습니다.

# %% The cost of a passed exam show="p cross_entropy squared"
chances, cross_entropies, squared_errors = [], [], []
for p in torch.linspace(0.01, 0.99, 99):
    cross_entropy = -torch.log(p)
    squared = (1 - p) ** 2
    chances.append(p.item())
    cross_entropies.append(cross_entropy.item())
    squared_errors.append(squared.item())

for at in [0, 9, 49, 98]:
    print(
        f"p = {chances[at]:.2f}",
        f"cross entropy {cross_entropies[at]:.2f}",
        f"squared error {squared_errors[at]:.2f}",
    )

# %% Two costs of a pass view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
plt.plot(chances, cross_entropies, marker="braille", color="red", label="cross entropy")
plt.plot(chances, squared_errors, marker="braille", color="cyan", label="squared error")
plt.xlim(0, 1)
# the legend has the room above 5
plt.ylim(0, 6)
plt.xticks([0, 0.25, 0.5, 0.75, 1])
plt.yticks([0, 1, 2, 3, 4, 5])
plt.xlabel("p, what the model said")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: cross entropy
#
# One formula holds both cases, since $y$ is 1 or 0: one of the
# two terms is always multiplied by zero. The cost of $m$
# students is the mean:
#
# $$cost = -\frac{1}{m} \sum (y \ln p + (1 - y) \ln(1 - p))$$
#
# The function below still returns the squared error. Write the
# cross entropy there. PyTorch's own is printed beside yours. It
# takes the chances first and the targets second; turned round,
# its slopes are nan, and a training ends in an error.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 크로스 엔트로피
#
# 두 경우를 식 하나에 담을 수 있습니다. $y$가 1 아니면 0이어서
# 두 항 중 하나에는 늘 0이 곱해지기 때문입니다. 학생이 $m$명이면
# 평균을 냅니다.
#
# $$cost = -\frac{1}{m} \sum (y \ln p + (1 - y) \ln(1 - p))$$
#
# 아래 함수는 아직 제곱 오차를 돌려줍니다. 크로스 엔트로피로
# 고쳐 보세요. PyTorch의 값도 함께 출력됩니다. PyTorch의 함수는
# 확률을 먼저, 정답을 나중에 받습니다. 순서를 바꾸면 기울기가
# nan이 되고, 학습은 오류로 끝납니다.


# %% Cross entropy by hand show="p y" tags=["exercise"]
def binary_cross_entropy(p, y):
    return torch.mean((y - p) ** 2)


p = torch.tensor([0.1, 0.6, 0.8])
y = torch.tensor([0.0, 0.0, 1.0])

print("yours:  ", binary_cross_entropy(p, y))
print("PyTorch:", F.binary_cross_entropy(p, y))

# %% [markdown] lang="en" tags=["hint"]
# Write the two terms one after the other. Where $y$ is 1 only
# $\ln p$ may remain, and where it is 0 only $\ln(1 - p)$.

# %% [markdown] lang="ko" tags=["hint"]
# 항을 하나씩 써 보세요. $y$가 1이면 $\ln p$만, 0이면
# $\ln(1 - p)$만 남아야 합니다.

# %% [markdown] lang="en" tags=["hint"]
# `torch.log` is the natural logarithm, and `torch.mean` the
# sum divided by $m$. Logarithms of chances are negative: mind
# the minus in front.

# %% [markdown] lang="ko" tags=["hint"]
# 자연로그는 `torch.log`이고, 더해서 $m$으로 나누는 것은
# `torch.mean`입니다. 확률의 로그는 음수이므로 맨 앞의 마이너스
# 부호를 잊지 마세요.

# %% [markdown] lang="en" tags=["hint"]
# `return -torch.mean(y * torch.log(p) + (1 - y) * torch.log(1 - p))`

# %% [markdown] lang="ko" tags=["hint"]
# `return -torch.mean(y * torch.log(p) + (1 - y) * torch.log(1 - p))`


# %% tags=["solution"]
def binary_cross_entropy(p, y):
    return -torch.mean(y * torch.log(p) + (1 - y) * torch.log(1 - p))


p = torch.tensor([0.1, 0.6, 0.8])
y = torch.tensor([0.0, 0.0, 1.0])

print("yours:  ", binary_cross_entropy(p, y))
print("PyTorch:", F.binary_cross_entropy(p, y))

# %% tags=["check"]
said = torch.tensor([[0.2], [0.7], [0.9], [0.4]])
happened = torch.tensor([[0.0], [1.0], [1.0], [0.0]])


def cost_of(said, happened):
    return torch.as_tensor(binary_cross_entropy(said, happened))


passed_cost = cost_of(said[1:3], happened[1:3]).sum().item()
assert abs(passed_cost - 0.2310) < 0.001, {
    "en": "two students passed, and the model had said 0.7 and 0.9: the cost must be"
    f" 0.2310, the mean of -ln 0.7 and -ln 0.9; yours is {passed_cost:.4f}",
    "ko": "합격 확률이 0.7과 0.9라고 한 두 학생이 합격했다면 cost는 -ln 0.7과 -ln 0.9의 평균인"
    f" 0.2310이어야 합니다. 지금은 {passed_cost:.4f}입니다",
}
failed_cost = cost_of(said[::3], happened[::3]).sum().item()
assert abs(failed_cost - 0.3670) < 0.001, {
    "en": "two students failed, and the model had said 0.2 and 0.4: the cost must be"
    f" 0.3670, the mean of -ln 0.8 and -ln 0.6; yours is {failed_cost:.4f}",
    "ko": "합격 확률이 0.2와 0.4라고 한 두 학생이 불합격했다면 cost는 -ln 0.8과 -ln 0.6의 평균인"
    f" 0.3670이어야 합니다. 지금은 {failed_cost:.4f}입니다",
}
mixed_cost = cost_of(said, happened).mean().item()
assert abs(mixed_cost - 0.2990) < 0.001, {
    "en": "of all four, two passed and two failed: the cost must be 0.2990, the mean of the four;"
    f" yours is {mixed_cost:.4f}",
    "ko": "두 명은 합격하고 두 명은 불합격한 네 학생의 cost는 넷의 평균인 0.2990이어야 합니다."
    f" 지금은 {mixed_cost:.4f}입니다",
}
size = cost_of(said, happened).numel()
assert size == 1, {
    "en": f"the cost of all students must be one number; yours are {size}",
    "ko": f"모든 학생의 cost가 숫자 하나로 나와야 합니다. 지금은 {size}개입니다",
}

# %% [markdown] lang="en"
# ## Training with lectures alone
#
# A model, a cost: the loop is the one that you know. We begin
# with the hours of lectures alone, one weight and one bias.
#
# The drawing shows the six students, the failed ones at the bottom
# and the passed ones at the top, and the curve of chances. It
# starts flat at one half. Press `-` first, and see how training
# bends it: $W$ makes it steep, and $b$ moves it along.
#
# At how many hours of lectures will the trained model say 0.5?
#
# - [?] `(-b / W).item()` ± 0.4
#   Three hours failed and four passed: it lies in between.

# %% [markdown] lang="ko"
# ## 강의 시간만으로 학습하기
#
# 모델과 cost가 정해졌으니 반복문은 앞에서 본 그대로입니다. 먼저
# 강의를 들은 시간만 써 봅시다. 가중치와 편향이 하나씩입니다.
#
# 그림에는 학생 여섯 명과 확률 곡선이 있습니다. 불합격은
# 아래에, 합격은 위에 있습니다. 곡선은 0.5에서 평평하게
# 출발합니다. 먼저 `-`를 누르고, 학습하면서 어떻게 휘는지
# 보세요. $W$가 커지면 가팔라지고, $b$가 바뀌면 옆으로
# 움직입니다.
#
# 학습한 모델은 강의를 몇 시간 들었을 때 0.5라고 답할까요?
#
# - [?] `(-b / W).item()` ± 0.4
#   3시간은 불합격, 4시간은 합격이므로 그 사이입니다.

# %% Lectures alone watch="cost" show="W b hypothesis"
lectures = x_train[:, :1]

W = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=0.3)

for epoch in range(1, 301):
    hypothesis = torch.sigmoid(lectures * W + b)
    cost = F.binary_cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

print(f"W {W.item():.4f}, b {b.item():.4f}, cost {cost.item():.4f}")
print(f"one half at {(-b / W).item():.2f} hours")

# %% The curve of chances view="every epoch"
import plotext as plt

hours = torch.linspace(0, 7, 57)
with torch.no_grad():
    curve_now = torch.sigmoid(hours * W + b)
passed = y_train.flatten() == 1

plt.clear_figure()
plt.theme("clear")
plt.plot(hours.tolist(), curve_now.tolist(), marker="braille", color="cyan")
plt.scatter(lectures[~passed].flatten().tolist(), [0, 0, 0], marker="x", color="red")
plt.scatter(lectures[passed].flatten().tolist(), [1, 1, 1], marker="O", color="green")
plt.xlim(0, 7)
plt.ylim(0, 1)
plt.xticks(range(8))
plt.yticks([0, 0.5, 1])
plt.xlabel("lecture hours")
plt.title(f"epoch {epoch}: W = {W.item():.2f}, b = {b.item():.2f}")
plt.show()

# %% [markdown] lang="en"
# ## Both hours
#
# Now both columns, and `matmul` adds them up. Where $p$ is one
# half, $XW + b$ is 0: among the points that is a straight line,
# the **decision boundary**. On one side the model says pass.
#
# The drawing shows it, between the lines where $p$ is 0.1 and 0.9.
# Watch where it goes, and what the two outer lines do once it
# is there. What does that say about the model?
#
# Look at the students. Which hours will count for more?
#
# - [x] The lectures
#   They alone separate the two groups; self-study ends near 0.
# - [ ] The self-study
#   Two and three hours of it passed, and failed as well.
# - [ ] Both the same
#   Self-study does not tell the two groups apart.

# %% [markdown] lang="ko"
# ## 강의 시간과 자습 시간을 모두 쓰면
#
# 이제 두 열을 모두 쓰고 `matmul`로 더합니다. $p$가 0.5인 곳은
# $XW + b$가 0인 곳입니다. 점들 사이에 그으면 직선이 되고, 이를
# **결정 경계**라고 합니다. 경계의 한쪽이 합격입니다.
#
# 그림에는 결정 경계 양쪽으로 $p$가 0.1인 선과 0.9인 선이
# 있습니다. 경계가 어디로 가는지, 그다음 양쪽 선은 어떻게
# 움직이는지 보세요. 모델이 어떻게 변한다는 뜻일까요?
#
# 학생들을 보세요. 어느 쪽 시간이 더 중요해질까요?
#
# - [x] 강의
#   강의만으로 두 무리가 나뉩니다. 자습의 가중치는 0에 가깝습니다.
# - [ ] 자습
#   2시간, 3시간 자습한 학생은 합격도 했고 불합격도 했습니다.
# - [ ] 똑같이
#   자습 시간은 두 무리를 가르지 않습니다.

# %% Training both watch="cost" show="W b hypothesis"
W = torch.zeros((2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, b], lr=0.05)

nb_epochs = 1000
for epoch in range(1, nb_epochs + 1):
    hypothesis = torch.sigmoid(x_train.matmul(W) + b)
    cost = F.binary_cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

    if epoch in (1, 375, 376, 377) or epoch % 250 == 0:
        print(f"Epochs : {epoch}/{nb_epochs} Cost : {cost.item():.6f}")

print("hypothesis:", hypothesis.detach().flatten())
print("passes:", (hypothesis > 0.5).int().flatten().tolist())

# %% The decision boundary view="every epoch"
import plotext as plt


def draw_boundary(weight, bias, title):
    w1, w2 = weight.detach().flatten()
    plt.clear_figure()
    plt.theme("clear")
    for chance, color in [(0.1, "red"), (0.5, "cyan"), (0.9, "green")]:
        logit = torch.logit(torch.tensor(chance))
        ends = (logit - bias.detach() - w2 * torch.tensor([-1, 5])) / w1
        if ends.abs().max() < 100:
            plt.plot(ends.tolist(), [-1, 5], marker="braille", color=color)
            low, high = ends.tolist()
            for height in (2.5, 0.3):
                across = low + (height + 1) / 6 * (high - low)
                if 0.3 < across < 6.7:
                    plt.text(f"{chance}", across, height, color=color, alignment="center")
    draw_students(title)


draw_boundary(W, b, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## The model as a class
#
# The outer lines closed in: the nearer they are, the surer the
# model is.
#
# As in lesson 0 it becomes a class: `nn.Linear(2, 1)`
# makes the logit, and `forward` puts it through the sigmoid.
# It starts from random numbers; the seed makes them the same
# for everyone.
#
# The loop is the same, but the learning rate is now 0.01, a
# fifth of what it was.
#
# How will the curve of the cost look over 1000 epochs?
#
# - [~] `cost`
#   Steps a fifth as long: still falling, and not there yet.

# %% [markdown] lang="ko"
# ## 클래스로 만드는 모델
#
# 양쪽 선이 경계로 다가왔습니다. 가까울수록 모델이 더 확신한다는
# 뜻입니다.
#
# 이제 0번 레슨처럼 모델을 클래스로 만듭니다. `nn.Linear(2, 1)`이
# 로짓을 만들고, `forward`가 시그모이드를 씌웁니다. 파라미터는
# 무작위 값에서 출발하지만, 시드를 정했으므로 누구나 같은 값을
# 얻습니다.
#
# 반복문은 같습니다. 다만 학습률이 앞의 5분의 1인 0.01입니다.
#
# 1000 에포크 동안 cost 곡선은 어떤 모양이 될까요?
#
# - [~] `cost`
#   걸음이 5분의 1로 짧습니다. 계속 내려가지만 아직 멀었습니다.


# %% Training the class watch="cost" show="weight bias hypothesis"
class BinaryClassification(nn.Module):
    def __init__(self):
        super().__init__()
        self.logit = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.logit(x))


torch.manual_seed(1)
model = BinaryClassification()
weight, bias = model.parameters()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

for epoch in range(1, 1001):
    hypothesis = model(x_train)
    cost = F.binary_cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
print(f"cost {cost.item():.4f}:", hypothesis.detach().flatten())

# %% Boundary of the class view="every epoch"
draw_boundary(weight, bias, f"epoch {epoch}: cost {cost.item():.3f}")

# %% [markdown] lang="en"
# ## Your turn: the whole of it
#
# This time you write the model and its training.
#
# - `forward` must answer a chance.
# - The loop must predict, measure the cost with
#   `F.binary_cross_entropy`, and take a step.
# - Choose the learning rate so that the cost ends below 0.1
#   after these 1000 epochs.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 처음부터 끝까지
#
# 이번에는 모델과 학습을 직접 써 봅시다.
#
# - `forward`는 확률을 돌려줘야 합니다.
# - 반복문에서 예측하고, `F.binary_cross_entropy`로 cost를
#   재고, 한 걸음 움직이세요.
# - 1000 에포크 뒤에 cost가 0.1보다 작아지도록 학습률을
#   고르세요.


# %% The whole of it watch="cost" show="hypothesis" tags=["exercise"]
class PassOrFail(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        # turn the logit into a chance
        return self.linear(x)


torch.manual_seed(1)
model = PassOrFail()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

for epoch in range(1, 1001):
    hypothesis = model(x_train)
    # measure the cost, find the gradients, take a step

# %% [markdown] lang="en" tags=["hint"]
# Everything stands in the step before. Write it from memory,
# and look there only for what is missing.

# %% [markdown] lang="ko" tags=["hint"]
# 바로 앞 단계에 다 있습니다. 기억나는 대로 먼저 써 보고, 모르는
# 것만 찾아보세요.

# %% [markdown] lang="en" tags=["hint"]
# `forward` lacks `torch.sigmoid`. The loop lacks four lines:
# the cost, `zero_grad`, `backward` and `step`. With 0.05 the
# cost came to 0.23; take larger steps than that.

# %% [markdown] lang="ko" tags=["hint"]
# `forward`에는 `torch.sigmoid`가 빠졌습니다. 반복문에는 cost와
# `zero_grad`, `backward`, `step`의 네 줄이 빠졌습니다. 0.05로는
# cost가 0.23까지 내려갔으니 걸음을 더 크게 하세요.

# %% [markdown] lang="en" tags=["hint"]
# `return torch.sigmoid(self.linear(x))`, `lr=0.3`, and in the
# loop `cost = F.binary_cross_entropy(hypothesis, y_train)`,
# `optimizer.zero_grad()`, `cost.backward()` and
# `optimizer.step()`

# %% [markdown] lang="ko" tags=["hint"]
# `return torch.sigmoid(self.linear(x))`, `lr=0.3`, 반복문에는
# `cost = F.binary_cross_entropy(hypothesis, y_train)`,
# `optimizer.zero_grad()`, `cost.backward()`,
# `optimizer.step()`


# %% tags=["solution"]
class PassOrFail(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))


torch.manual_seed(1)
model = PassOrFail()
optimizer = torch.optim.SGD(model.parameters(), lr=0.3)

for epoch in range(1, 1001):
    hypothesis = model(x_train)
    cost = F.binary_cross_entropy(hypothesis, y_train)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def cost_of(answers):
    entropy = F.binary_cross_entropy_with_logits if gives_logits else F.binary_cross_entropy
    return entropy(answers.reshape(6, 1), y_train)


measured = torch.as_tensor(cost).item()
parameters = list(model.parameters())
with torch.no_grad():
    answers = model(x_train)
    far_away = model(torch.tensor([[100.0, 0.0], [-100.0, 0.0]]))
everything = torch.cat([answers.flatten(), far_away.flatten()])
gives_logits = True
if abs(cost_of(answers).item() - measured) <= 0.05 * measured:
    # its cost puts the sigmoid in, so logits will do
    everything = torch.sigmoid(everything)
gives_logits = not torch.equal(everything[:6], answers.flatten())
lowest, highest = everything.min().item(), everything.max().item()

assert 0 <= lowest <= highest <= 1, {
    "en": "whatever comes in, forward must answer a chance from 0 to 1;"
    f" yours answers from {lowest:.2f} to {highest:.2f}",
    "ko": "forward는 무엇을 넣어도 0과 1 사이의 확률을 돌려줘야 합니다."
    f" 지금은 {lowest:.2f}부터 {highest:.2f}까지 나옵니다",
}
are_chances = 0 <= lowest <= highest <= 1
if are_chances:
    now = cost_of(model(x_train))
    reached = now.item()
    fresh = torch.autograd.grad(now, parameters)
    left = [torch.zeros_like(each) if each.grad is None else each.grad for each in parameters]
    # what is never emptied is added to in place, and its version counts how often
    piled_up = max(
        (one - other).abs().max().item() if one.any() and one._version > 9 else 0.0
        for one, other in zip(left, fresh, strict=True)
    )
    advice = {
        "en": "does every epoch take a step, and a long one?",
        "ko": "에포크마다 충분히 큰 걸음으로 움직이나요?",
    }
    if everything.std() < 0.01:
        advice = {
            "en": "it says the same of everyone: what makes a chance of one number?",
            "ko": "모두에게 같은 값을 답합니다. 수 하나를 확률로 바꾸는 함수는 무엇이었나요?",
        }
    elif all(each._version < 3 for each in parameters):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
if are_chances:
    assert reached < 0.1, {
        "en": "on the six students the cost must end below 0.1;"
        f" yours ends at {reached:.4f}: {advice['en']}",
        "ko": "학생 여섯 명의 cost가 0.1보다 작아야 합니다."
        f" 지금은 {reached:.4f}입니다. {advice['ko']}",
    }
if are_chances:
    assert abs(measured - reached) <= 0.05 * reached + 1e-6, {
        "en": "cost must be the cross entropy of what the model answers;"
        f" that is {reached:.4f}, and yours is {measured:.4f}",
        "ko": "cost는 모델이 답한 확률의 크로스 엔트로피여야 합니다."
        f" 그 값은 {reached:.4f}인데, 지금은 {measured:.4f}입니다",
    }
if are_chances:
    assert piled_up < 0.01, {
        "en": "each epoch must begin with empty gradients: call optimizer.zero_grad();"
        f" yours are left {piled_up:.2g} away from those of one epoch",
        "ko": "에포크마다 optimizer.zero_grad()로 기울기를 비워야 합니다."
        f" 지금은 한 에포크의 기울기와 {piled_up:.2g}만큼 다릅니다",
    }
# each step of an optimizer writes into the weights once or twice
written = max(each._version for each in parameters)
keeps_epochs = epoch in (999, 1000) and written < 2500
assert keeps_epochs, {
    "en": f"train for 1000 epochs, and take no more steps than that; yours ended at epoch {epoch},"
    f" and wrote {written} times into the weights",
    "ko": f"1000 에포크 동안, 에포크마다 한 걸음까지만 움직이세요. 지금은 에포크 {epoch}에서"
    f" 끝났고, 가중치가 {written}번 바뀌었습니다",
}

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# Will it rain today? Of 80 mornings you have how damp and how
# windy they were, and whether it rained: 1 or 0. Damp brings rain,
# wind drives it away, and there is luck.
#
# Write `my_model` and its training. Called with mornings, `[n, 2]`,
# it answers **chances** of rain, `[n, 1]`.
#
# The checks ask it about 1000 other mornings: their cross entropy
# must come below 0.3. A guess of one half costs 0.69, and luck
# keeps everybody above 0.25.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 오늘은 비가 올까요? 80일 동안 아침에 잰 습도와 바람, 그리고 그날
# 비가 왔는지(1 또는 0)가 있습니다. 습하면 비가 오고, 바람이 불면
# 비가 물러가지만, 우연도 작용합니다.
#
# `my_model`과 학습 코드를 모두 써 보세요. `[n, 2]`를 넣으면
# 비 올 **확률**을 `[n, 1]`로 답해야 합니다.
#
# 검사에서는 다른 1000일의 확률을 물어봅니다. 이때 크로스
# 엔트로피가 0.3보다 작아야 합니다. 늘 반반이라고 하면 0.69이고,
# 우연이 섞여 있어서 누구도 0.25보다 작게 만들지는 못합니다.

# %% A blank page tags=["exercise"]
torch.manual_seed(0)
# 80 mornings: how damp and how windy, 0 is usual
x_mornings = torch.randn(80, 2)
luck = torch.randn(80, 1)
# did it rain?
y_mornings = (2 * x_mornings[:, :1] - x_mornings[:, 1:] + luck > 0).float()

# your model, and the loop that trains it

# %% [markdown] lang="en" tags=["hint"]
# It is the model of this lesson with other data: a weight for each
# column and a bias, then the function that makes a chance of any
# number.

# %% [markdown] lang="ko" tags=["hint"]
# 데이터만 다르고 이번 레슨의 모델 그대로입니다. 열마다 가중치를
# 곱해 더하고 편향을 더한 다음, 어떤 수든 확률로 바꾸는 함수를
# 씌웁니다.

# %% [markdown] lang="en" tags=["hint"]
# `nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())` needs no class of
# your own. With SGD at 0.3, 500 epochs are enough.

# %% [markdown] lang="ko" tags=["hint"]
# `nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())`이면 클래스를 쓰지
# 않아도 됩니다. SGD에 학습률 0.3이면 500 에포크로 충분합니다.

# %% [markdown] lang="en" tags=["hint"]
# In the loop
# `cost = F.binary_cross_entropy(my_model(x_mornings), y_mornings)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% [markdown] lang="ko" tags=["hint"]
# 반복문에는
# `cost = F.binary_cross_entropy(my_model(x_mornings), y_mornings)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% tags=["solution"]
torch.manual_seed(0)
# 80 mornings: how damp and how windy, 0 is usual
x_mornings = torch.randn(80, 2)
luck = torch.randn(80, 1)
# did it rain?
y_mornings = (2 * x_mornings[:, :1] - x_mornings[:, 1:] + luck > 0).float()

my_model = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())
optimizer = torch.optim.SGD(my_model.parameters(), lr=0.3)

for epoch in range(1, 501):
    hypothesis = my_model(x_mornings)
    cost = F.binary_cross_entropy(hypothesis, y_mornings)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def asked(mornings):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(mornings.to(*kinds[:1]))
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


torch.manual_seed(1)
if isinstance(my_model, nn.Module):
    my_model.eval()
x_new, luck_new = [torch.randn(1000, size) for size in (2, 1)]
y_new = (2 * x_new[:, :1] - x_new[:, 1:] + luck_new > 0).float()
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [1000, 1]

assert fits, {
    "en": "for 1000 mornings my_model must answer 1000 chances in a column, [1000, 1];"
    f" yours answers {shape}",
    "ko": "1000일의 습도와 바람을 넣으면 my_model은 확률 1000개를 [1000, 1]로 답해야 합니다."
    f" 지금은 {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    lowest, highest = answers.min().item(), answers.max().item()
    fits = 0 <= lowest <= highest <= 1
    assert fits, {
        "en": "my_model must answer chances, from 0 to 1; yours answers from"
        f" {lowest:.2f} to {highest:.2f}: where does the sum become a chance?",
        "ko": f"my_model은 0과 1 사이의 확률을 답해야 합니다. 지금은 {lowest:.2f}부터"
        f" {highest:.2f}까지 답합니다. 합을 확률로 바꾸는 곳은 어디인가요?",
    }
if fits:
    cost_new = F.binary_cross_entropy(answers, y_new).item()
    advice = {
        "en": "is it trained with the right cost, and long enough?",
        "ko": "알맞은 cost로 충분히 학습했나요?",
    }
    if answers.std() < 0.01:
        advice = {
            "en": "it says the same of every morning: what makes a chance of one number?",
            "ko": "모든 날에 같은 값을 답합니다. 수 하나를 확률로 바꾸는 함수는 무엇이었나요?",
        }
    elif stayed(answers):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
    assert cost_new < 0.3, {
        "en": "on 1000 mornings that it has not seen, the cross entropy must be below 0.3;"
        f" yours is {cost_new:.4f}: {advice['en']}",
        "ko": "처음 보는 1000일의 크로스 엔트로피가 0.3보다 작아야 합니다."
        f" 지금은 {cost_new:.4f}입니다. {advice['ko']}",
    }
if fits:
    # what one example asks of the weights, beside what the last epoch left there
    weights = [weight for weight in weights_behind(answers) if weight.grad is not None]
    alone = []
    for at in range(80 if weights else 0):
        cost_of_one = F.binary_cross_entropy(asked(x_mornings[[at]]), y_mornings[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= 0.4 * usual + 1e-3, {
        "en": f"each epoch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"에포크마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - Odds and logits lead from a chance to $XW + b$; the sigmoid
#   leads back.
# - Cross entropy asks how much chance was given to what then
#   happened, and punishes the confident mistake.
# - Where the logit is 0 lies the boundary, a straight line.
#
# Things to try, here in the steps:
#
# - In the first one press `e` and make the first student pass,
#   `[[1], [0], ...]`. Where does the boundary go now, and can
#   the cost still come near 0?
# - Race `lr: 0.01 0.05 0.3 3` with `V` where both hours train.
#   `3` and then `S` give the curve a logarithmic scale.
# - Turn `nb_epochs` up with `#` and `}`: does the cost ever
#   stop falling?
# - Press `:` and ask `model(torch.tensor([[3.5, 3.0]]))`.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 오즈와 로짓은 확률을 $XW + b$로 이어 주고, 시그모이드는
#   $XW + b$를 확률로 되돌립니다.
# - 크로스 엔트로피는 실제로 일어난 일에 얼마나 높은 확률을
#   주었는지 재고, 확신하고 틀리면 큰 벌점을 줍니다.
# - 로짓이 0인 곳이 결정 경계이고, 직선입니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요.
#
# - 첫 단계에서 `e`를 누르고 첫 학생을 합격으로
#   (`[[1], [0], ...]`) 바꾸면 경계는 어디로 갈까요? 그래도
#   cost가 0에 가까워질까요?
# - 강의와 자습 시간을 모두 쓰는 단계에서 `V`를 누르고
#   `lr: 0.01 0.05 0.3 3`을 경주시켜 보세요. `3`과 `S`를 차례로
#   누르면 곡선이 로그 눈금으로 바뀝니다.
# - `#`와 `}`로 `nb_epochs`를 키우면 cost가 더는 줄지 않는 때가
#   올까요?
# - `:`를 누르고 `model(torch.tensor([[3.5, 3.0]]))`을 물어보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `Who passed`: 합격한 학생
# - `The sigmoid's curve`: 시그모이드 곡선
# - `Two costs of a pass`: 합격했을 때의 두 cost
# - `The curve of chances`: 확률 곡선
# - `The decision boundary`: 결정 경계
# - `Boundary of the class`: 클래스 모델의 결정 경계
# - `six students`: 학생 여섯 명
# - `failed`: 불합격
# - `passed`: 합격
# - `lecture hours`: 강의 시간
# - `lectures`: 강의
# - `↑ self-study`: ↑ 자습
# - `cross entropy`: 크로스 엔트로피
# - `squared error`: 제곱 오차
# - `p, what the model said`: 모델이 답한 확률 p
# - `epoch {}: W = {}, b = {}`: 에포크 {}: W = {}, b = {}
# - `epoch {}: cost {}`: 에포크 {}: cost {}
